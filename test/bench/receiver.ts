import { createServer } from 'node:http';

/** A receiver that answers at once and counts; asked by GET, it says how many came. */
let count = 0;
let last = 0;
createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ count, last }));
    return;
  }
  request.resume();
  request.on('end', () => {
    count++;
    last = Date.now();
    // Slack's answer to chat.postMessage; the signed fan-out is content with any 200.
    response.setHeader('content-type', 'application/json');
    response.end(`{"ok":true,"channel":"C0123456789","ts":"1763726400.${String(count).padStart(6, '0')}"}`);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');

import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { SECRET } from './push.ts';

/** What Bellhop is measured against: Express that checks the HMAC, parses and answers, and stores nothing. */
const web = express();
web.post('/hooks/github', express.raw({ type: () => true, limit: '25mb' }), (req, res) => {
  const body = req.body as Buffer;
  const wanted = Buffer.from(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
  const given = Buffer.from(req.get('x-hub-signature-256') ?? '');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    res.status(401).json({ error: 'bad_signature' });
    return;
  }
  JSON.parse(body.toString('utf8'));
  res.json({ status: 'accepted' });
});
web.listen(Number(process.env.PORT), '127.0.0.1');

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../server.ts';
import { until } from '../until.ts';

/** A server of this folder in a process of its own, once it answers. */
export async function startChild(file: string): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(file, import.meta.url))], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    file,
  );
  return { url, stop: () => void child.kill() };
}

import { Webhook } from 'standardwebhooks';
import { type FakeCall, type HttpFake, type HttpFakeOptions, startHttpFake } from './http-fake.ts';

export const FANOUT_SECRET = 'whsec_ZmFuLW91dC1zZWNyZXQtZm9yLXRlc3Rz';

export interface WebhookFakeOptions extends HttpFakeOptions {
  /** As the config has it: `whsec_…` or any other text. */
  readonly secret?: string;
}

export interface WebhookFake extends HttpFake {
  /** Part of the address is a secret, as with Zapier and Make. */
  readonly hookUrl: string;
  /** Ids of what was accepted, each once however often it came. */
  readonly accepted: ReadonlySet<string>;
}

/** A receiver of signed messages that verifies every one with the library receivers use; answers 401 to what does not verify. */
export async function startWebhookFake(options: WebhookFakeOptions = {}): Promise<WebhookFake> {
  const { secret = FANOUT_SECRET, ...rest } = options;
  const accepted = new Set<string>();
  const verifier = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(new TextEncoder().encode(secret), { format: 'raw' });

  const fake = await startHttpFake((call, report) => {
    if (call.method !== 'POST') return undefined;
    try {
      verifier.verify(call.body, headersOf(call));
    } catch (error) {
      report(`bad signature: ${(error as Error).message}`);
      return { status: 401 };
    }
    accepted.add(String(call.headers['webhook-id']));
    return { status: 204 };
  }, rest);
  return { ...fake, hookUrl: `${fake.url}/hooks/catch/fake-webhook-token`, accepted };
}

function headersOf({ headers }: FakeCall): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

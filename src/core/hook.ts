/** One HTTP request as it arrived: untrusted until its source's verifier said yes. */
export interface Hook {
  readonly id: string;
  /** The name the source has in the config. */
  readonly source: string;
  readonly method: string;
  /** Lower-case names; a header sent several times is joined with `, ` as HTTP allows. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The query exactly as it arrived, after the `?`: what some senders sign. Absent where there was none, and in what is kept. */
  readonly rawQuery?: string;
  /** What follows the source's name in the path; the secret of a `urlToken` source. */
  readonly pathToken?: string;
  /** The exact bytes that were signed, inflated when the sender compressed them. */
  readonly body: Buffer;
  /** The sender's address, after `server.trustProxy`. */
  readonly from: string;
  /** Of a client certificate that was verified (`server.tls.clientCa`): `O=Acme, CN=hooks.acme.example`. */
  readonly clientSubject?: string;
  readonly at: Date;
}

/** What a sender says in a request: what is read as a document, and what people are shown. */
export type Said = Pick<Hook, 'headers' | 'query' | 'body'>;

/** What the sender is told about a hook that was stored (always with HTTP 200). */
export type HookStatus = 'accepted' | 'duplicate' | 'ignored' | 'unreadable';

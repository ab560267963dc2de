const SECRET =
  /secret|token|passw|signature|credential|authorization|cookie|private|session|api_?key|access_?key|^(sign|sig|hmac|auth|jwt|otp|pin|pat)$/i;

/** Some senders put their own proof into the body; a chat is no place for it. */
export const isSecret = (path: readonly string[]): boolean => path.some((key) => SECRET.test(key));

const UUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** What vendors put before their keys: GitHub, GitLab, Slack, Stripe, AWS, npm and SendGrid; `eyJ` is JSON in base64, as in a JWT. */
const KEY_OF_SOMEBODY =
  /^(gh[pousr]_|github_pat_|glpat-|xox[a-z]-|[srp]k_(live|test)_|whsec_|AKIA|npm_|SG\.|eyJ)\S{10,}/;

/** Crypt’s hashes, and runs of letters and digits that no word or name has. */
const HASHED = /^\$\d?[a-z]{0,2}\$\d|^(?=[^\s]*\d)(?=[^\s]*[a-z])(0x)?[0-9a-f]{12,39}$|^0x[0-9a-f]{8,}$/i;
const RANDOM = /^(?=\S*\d)(?=\S*[A-Za-z])(?=\S*[A-Za-z0-9+]{20})[\w+/=-]{20,}$/;

/** Links other than the one that is the button, ids that nobody types, proofs, and hashes; a commit's is not among them. */
export function isForMachines(text: string): boolean {
  const word = text.trim();
  if (isCommit(word)) return false;
  return (
    /^(https?|ssh|git):\/\/|^git@|^\/(app|api|rest)\//i.test(word) ||
    /^0{7,}$/.test(word) ||
    [UUID, KEY_OF_SOMEBODY, HASHED, RANDOM].some((shape) => shape.test(word))
  );
}

export const isCommit = (text: string): boolean => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);

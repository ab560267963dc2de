/**
 * A sender's own word for what happened as an event name: letters, digits and `_ - . :`, so that it can name a template
 * file; undefined for none. `Order Created!` is `Order_Created`.
 */
export function toEventName(written: string | undefined): string | undefined {
  const name = (written ?? '')
    .slice(0, 200)
    .replace(/[^\w.:-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[_.]+|[_.]+$/g, '')
    .slice(0, 80);
  return name === '' ? undefined : name;
}

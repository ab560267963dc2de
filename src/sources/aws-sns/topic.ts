/** What an ARN names: `arn:aws:sns:eu-west-1:111122223333:alarms`. */
export interface Arn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** What follows the account: `alarms`, `alarm:checkout-latency`. */
  readonly name: string;
}

const ARN = /^arn:(aws[a-z-]{0,20}):[a-z0-9-]{1,40}:([a-z0-9-]{1,30}):(\d{12}):(.{1,300})$/;

export function readArn(written: string | undefined): Arn | undefined {
  const [, partition, region, account, name] = ARN.exec(written ?? '') ?? [];
  if (partition === undefined || region === undefined || account === undefined || name === undefined) return undefined;
  return { partition, region, account, name };
}

const CONSOLES: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);

/** A page of the console in the ARN's region; undefined in a partition whose console has another address. */
export function consolePage({ partition, region }: Arn, page: (region: string) => string): string | undefined {
  const host = CONSOLES.get(partition);
  if (host === undefined) return undefined;
  return `https://${partition === 'aws' ? `${region}.${host}` : host}${page(region)}`;
}

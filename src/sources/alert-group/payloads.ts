import { z } from 'zod';
import { list, number, text, time } from '../lenient.ts';

/** Labels and annotations: the names that have a text. */
export const strings = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((labels) =>
    Object.fromEntries(
      Object.entries(labels).filter(
        (label): label is [string, string] => typeof label[1] === 'string' && label[1] !== '',
      ),
    ),
  );

const numbers = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((values) =>
    Object.fromEntries(
      Object.entries(values).filter(
        (value): value is [string, number] => typeof value[1] === 'number' && Number.isFinite(value[1]),
      ),
    ),
  );

const alert = z.object({
  status: text,
  labels: strings,
  annotations: strings,
  startsAt: time,
  endsAt: time,
  generatorURL: text,
  fingerprint: text,
  // What follows is Grafana's alone.
  panelURL: text,
  dashboardURL: text,
  silenceURL: text,
  imageURL: text,
  /** What each query and expression of the rule came to. */
  values: numbers,
  /** The same as text, with what kind of expression it was. */
  valueString: text,
});

/**
 * A group of alerts as Alertmanager posts it (version 4 of its webhook, https://prometheus.io/docs/alerting/latest/configuration/#webhook_config)
 * and, with more fields, Grafana (its version 1).
 */
export const alertGroup = z.object({
  status: text,
  receiver: text,
  groupKey: text,
  groupLabels: strings,
  commonLabels: strings,
  commonAnnotations: strings,
  externalURL: text,
  /** Alertmanager's, since 0.32. */
  notification_reason: text,
  truncatedAlerts: number,
  alerts: list(alert),
});

export type AlertGroup = z.infer<typeof alertGroup>;
export type Alert = z.infer<typeof alert>;

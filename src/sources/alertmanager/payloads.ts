import { z } from 'zod';
import { list, number, text, time } from '../lenient.ts';

const strings = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((labels) =>
    Object.fromEntries(
      Object.entries(labels).filter(
        (label): label is [string, string] => typeof label[1] === 'string' && label[1] !== '',
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
  /** Grafana's, which speaks this dialect too. */
  panelURL: text,
  dashboardURL: text,
});

/** What Alertmanager (version 4 of its webhook) posts: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const notification = z.object({
  status: text,
  receiver: text,
  groupKey: text,
  groupLabels: strings,
  commonLabels: strings,
  commonAnnotations: strings,
  externalURL: text,
  /** Since 0.32. */
  notification_reason: text,
  truncatedAlerts: number,
  alerts: list(alert),
});

export type Notification = z.infer<typeof notification>;
export type Alert = z.infer<typeof alert>;

import { Router } from 'express';
import { ApiError } from '../../core/errors.ts';
import { didYouMean } from '../../core/nearest.ts';
import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from '../../core/store.ts';
import type { ApiContext } from './api.ts';
import { given, limitParameter, pageOf, textParameter } from './parameters.ts';

/** `/api/audit`: who changed what and when, newest first. */
export function auditRouter({ store }: ApiContext): Router {
  const router = Router();

  router.get('/audit', async ({ query }, res) => {
    const limit = limitParameter(query);
    const found = await store.audits({
      ...given({
        subject: textParameter(query, 'subject'),
        action: actionParameter(query),
        before: textParameter(query, 'before'),
      }),
      limit: limit + 1,
    });
    const { page, next } = pageOf(found, limit, ({ id }) => id);
    res.json({ audit: page.map(auditView), next });
  });

  return router;
}

function actionParameter(query: Readonly<Record<string, unknown>>): AuditAction | undefined {
  const written = textParameter(query, 'action');
  if (written === undefined) return undefined;
  const action = AUDIT_ACTIONS.find((known) => known === written);
  if (action !== undefined) return action;
  throw new ApiError(
    'bad_request',
    `"action" is "${written}"; one of ${AUDIT_ACTIONS.join(', ')} was expected${didYouMean(written, AUDIT_ACTIONS)}`,
  );
}

const auditView = ({ id, at, by, action, subject, channel, detail }: AuditEntry) => ({
  ...{ id, at: at.toISOString(), by, action, subject, channel: channel ?? null, detail },
});

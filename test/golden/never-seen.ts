import type { Sample } from '../../src/templates/samples.ts';

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string;
}

/** Documents of senders that are no type of source, in the shapes that their makers describe: each must read well all the same. */
export const neverSeen: readonly Sample[] = [
  sent('project_snapshot_v0', 'snyk', {
    headers: { 'x-snyk-event': 'project_snapshot/v0', 'x-snyk-transport-id': '998fe884-18a0-45db-8ae0-e379eea3bc0a' },
    body: {
      project: {
        id: '463c1ee5-31bc-428c-b451-b79a3270db08',
        name: 'acme/api:package.json',
        type: 'npm',
        branch: 'main',
        browseUrl: 'https://app.snyk.example/org/acme/project/463c1ee5-31bc-428c-b451-b79a3270db08',
        imageId: null,
        totalDependencies: 452,
        issueCountsBySeverity: { low: 8, medium: 15, high: 2, critical: 1 },
      },
      org: { id: 'd5a8b6c7-31bc-428c-b451-b79a3270db08', name: 'acme', slug: 'acme' },
      group: { id: '0f1e2d3c-31bc-428c-b451-b79a3270db08', name: 'acme-group' },
      newIssues: [
        {
          id: 'SNYK-JS-BELL-73638',
          issueType: 'vuln',
          pkgName: 'bell-parser',
          pkgVersions: ['1.2.0'],
          issueData: { id: 'SNYK-JS-BELL-73638', title: 'Prototype Pollution', severity: 'high', cvssScore: 7.3 },
        },
      ],
      removedIssues: [],
    },
  }),
  sent('job.run.errored', 'dbt', {
    headers: { authorization: '5f2d0a66cbb0d4a97d0a3f3cf0d9b3c2a8e4a5e6' },
    body: {
      accountId: 1,
      webhookId: 'wsu_12345abcde',
      eventId: 'wev_2L6Z3l8uPedXKPq9D2nWbPIip7Z',
      timestamp: '2026-11-21T11:58:03.271291Z',
      eventType: 'job.run.errored',
      webhookName: 'to bellhop',
      data: {
        jobId: '123',
        jobName: 'Daily Job (dbt build)',
        runId: '218726483',
        environmentId: '1234',
        environmentName: 'Production',
        dbtVersion: '1.9.0',
        projectName: 'Warehouse',
        projectId: '167194',
        runStatus: 'Errored',
        runStatusCode: 20,
        runStatusMessage: 'Database Error in model orders: relation "raw.orders" does not exist',
        runReason: 'Kicked off from the UI by mona@acme.example',
        runStartedAt: '2026-11-21T11:55:30Z',
        runErroredAt: '2026-11-21T11:58:00Z',
      },
    },
  }),
  sent('BUILD_FINISHED', 'teamcity', {
    body: {
      eventType: 'BUILD_FINISHED',
      payload: {
        id: 40117,
        buildTypeId: 'Acme_Api_Build',
        number: '612',
        status: 'FAILURE',
        state: 'finished',
        branchName: 'main',
        href: '/app/rest/builds/id:40117',
        webUrl: 'https://teamcity.acme.example/buildConfiguration/Acme_Api_Build/40117',
        statusText: 'Tests failed: 3 (2 new), passed: 841',
        buildType: { id: 'Acme_Api_Build', name: 'Build', projectName: 'Acme / Api' },
        startDate: '20261121T115000+0000',
        finishDate: '20261121T115905+0000',
        agent: { id: 7, name: 'agent-linux-7' },
      },
    },
  }),
  sent('SubscriptionPayload', 'octopus', {
    body: {
      Timestamp: '2026-11-21T11:59:40.142+00:00',
      EventType: 'SubscriptionPayload',
      Payload: {
        ServerUri: 'https://octopus.acme.example',
        ServerAuditUri: 'https://octopus.acme.example/app#/Spaces-1/configuration/audit?from=2026-11-21',
        BatchProcessingDate: '2026-11-21T11:59:39.101+00:00',
        Subscription: { Id: 'Subscriptions-21', Name: 'Failed deployments', Type: 0, IsDisabled: false },
        Event: {
          Id: 'Events-89412',
          RelatedDocumentIds: ['Deployments-2210', 'Projects-41', 'Environments-3'],
          Category: 'DeploymentFailed',
          UserId: 'Users-101',
          Username: 'mona',
          IdentityEstablishedWith: 'Session cookie',
          Occurred: '2026-11-21T11:59:30.000+00:00',
          Message: 'Deploy to Production (#3) failed for Api release 2.4.1 to Production',
          MessageHtml:
            "<a href='#/deployments/Deployments-2210'>Deploy to Production (#3)</a> failed for <a href='#/projects/Projects-41'>Api</a> release 2.4.1",
          Comments: null,
          Details: null,
          SpaceId: 'Spaces-1',
        },
        BatchId: 'd48afa87-bd9c-4ce5-b1a8-37b0dd95fd91',
        TotalEventsInBatch: 1,
      },
    },
  }),
  sent('build', 'drone', {
    headers: { 'x-drone-event': 'build' },
    body: {
      event: 'build',
      action: 'completed',
      repo: {
        id: 42,
        uid: '16607898',
        namespace: 'acme',
        name: 'api',
        slug: 'acme/api',
        git_http_url: 'https://git.acme.example/acme/api.git',
        link: 'https://git.acme.example/acme/api',
        default_branch: 'main',
        config_path: '.drone.yml',
        active: true,
      },
      build: {
        id: 100207,
        trigger: '@hook',
        number: 42,
        status: 'failure',
        event: 'push',
        link: 'https://git.acme.example/acme/api/compare/1c2d…34413ec',
        message: 'Ring the bell twice',
        before: '1c2d9f1c1a0d3c4b5a69788796a5b4c3d2e1f001',
        after: '34413ec1a0d3c4b5a69788796a5b4c3d2e1f0012',
        ref: 'refs/heads/main',
        source: 'main',
        target: 'main',
        author_login: 'mona',
        author_email: 'mona@acme.example',
        author_avatar: 'https://git.acme.example/avatars/mona.png',
        sender: 'mona',
        started: 1795262280,
        finished: 1795262390,
      },
      system: { host: 'drone.acme.example', link: 'https://drone.acme.example', version: '2.24.0' },
    },
  }),
  sent('vzdump', 'proxmox', {
    body: {
      title: 'vzdump backup status (pve-1.acme.example): backup failed',
      message:
        'Details\n=======\nVMID    Name    Status    Time     Size    Filename\n104     db-1    err       12s      0 B\n\nLogs\n====\nERROR: Backup of VM 104 failed - no space left on device',
      severity: 'error',
      timestamp: 1795262390,
      type: 'vzdump',
      hostname: 'pve-1',
      fields: { 'job-id': 'backup-2f41', 'vm-id': '104' },
    },
  }),
  sent('hook', 'zabbix', {
    body: {
      alert_subject: 'Problem: Free disk space is less than 5% on volume /var',
      alert_message: 'Problem started at 11:57:12 on 2026.11.21\r\nHost: db-1\r\nOperational data: 4.1 %',
      event_id: '4815162',
      event_source: '0',
      event_value: '1',
      event_severity: 'High',
      event_nseverity: '4',
      host_name: 'db-1',
      trigger_id: '23942',
      zabbix_url: 'https://zabbix.acme.example/tr_events.php?triggerid=23942&eventid=4815162',
      zabbix_token: 'b8f1c0a66cbb0d4a97d0a3f3cf0d9b3c',
    },
  }),
  sent('hook', 'nagios', {
    headers: { 'content-type': 'text/plain' },
    body: '***** Nagios *****\n\nNotification Type: PROBLEM\n\nService: HTTP\nHost: web-1\nAddress: 192.0.2.10\nState: CRITICAL\n\nDate/Time: Fri Nov 21 11:59:01 UTC 2026\n\nAdditional Info:\n\nCRITICAL - Socket timeout after 10 seconds\n',
  }),
  sent('dag_run.failed', 'airflow', {
    body: {
      event: 'dag_run.failed',
      dag_id: 'orders_hourly',
      task_id: 'load_orders',
      run_id: 'scheduled__2026-11-21T11:00:00+00:00',
      logical_date: '2026-11-21T11:00:00+00:00',
      state: 'failed',
      try_number: 3,
      max_tries: 3,
      duration: 128.412,
      operator: 'PythonOperator',
      hostname: '9f1c2d3e4a5b',
      log_url: 'https://airflow.acme.example/dags/orders_hourly/grid?task_id=load_orders&tab=logs',
      exception: 'OperationalError: could not connect to server: Connection refused',
    },
  }),
  sent('hook', 'home-assistant', {
    body: {
      entity_id: 'binary_sensor.server_room_leak',
      friendly_name: 'Server room leak sensor',
      from_state: 'off',
      to_state: 'on',
      state: 'on',
      device_class: 'moisture',
      last_changed: '2026-11-21T11:59:55.120331+00:00',
      context: { id: '01JD7ZK4M9T2Q3R4S5V6W7X8Y9', parent_id: null, user_id: null },
    },
  }),
  sent('hook', 'zapier-form', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'deal__title=Bells+for+the+lobby&deal__value=12500&deal__currency=EUR&deal__stage=Won&deal__url=https%3A%2F%2Fcrm.acme.example%2Fdeals%2F77&person__name=Mona+Lisa&zap_secret=6f7e8d9c0b1a',
  }),
  sent('story_update', 'tracker-xml', {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>
<activity>
  <id type="integer">1031</id>
  <version type="integer">175</version>
  <event_type>story_update</event_type>
  <occurred_at type="datetime">2026-11-21T11:58:12Z</occurred_at>
  <author>Mona Lisa</author>
  <project_id type="integer">26</project_id>
  <description>Mona Lisa rejected &quot;The bell rings at night&quot;</description>
  <stories type="array">
    <story>
      <id type="integer">109</id>
      <url>https://tracker.acme.example/services/v3/projects/26/stories/109</url>
      <current_state>rejected</current_state>
    </story>
  </stories>
</activity>`,
  }),
  sent('incident', 'json-api', {
    headers: { 'content-type': 'application/vnd.api+json' },
    body: {
      data: {
        id: '25',
        type: 'incident',
        attributes: {
          name: 'shop.acme.example',
          cause: 'Status 503 (expected 2xx)',
          started_at: '2026-11-21T11:57:00.000Z',
          acknowledged_at: null,
          resolved_at: null,
          status: 'started',
          url: 'https://uptime.acme.example/incidents/25',
          response_content: '<html><head><title>503</title></head><body>Service Unavailable</body></html>',
        },
        relationships: { monitor: { data: { id: '2', type: 'monitor' } } },
        links: { self: 'https://uptime.acme.example/api/v2/incidents/25' },
      },
      jsonapi: { version: '1.0' },
    },
  }),
  sent('Microsoft.Storage.BlobCreated', 'event-grid', {
    headers: { 'aeg-event-type': 'Notification' },
    body: [
      {
        topic:
          '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme/providers/Microsoft.Storage/storageAccounts/acmebackups',
        subject: '/blobServices/default/containers/backups/blobs/db-1.tar.gz',
        eventType: 'Microsoft.Storage.BlobCreated',
        eventTime: '2026-11-21T11:59:10.123Z',
        id: '831e1650-001e-001b-66ab-eeb76e069631',
        data: {
          api: 'PutBlob',
          clientRequestId: '6d79dbfb-0e37-4fc4-981f-442c9ca65760',
          eTag: '0x8D4BCC2E4835CD0',
          contentType: 'application/gzip',
          contentLength: 524288,
          blobType: 'BlockBlob',
          url: 'https://acmebackups.blob.acme.example/backups/db-1.tar.gz',
          sequencer: '00000000000004420000000000028963',
          storageDiagnostics: { batchId: 'b68529f3-68cd-4744-baa4-3c0498ec19f0' },
        },
        dataVersion: '',
        metadataVersion: '1',
      },
    ],
  }),
  sent('ticket.created', 'html', {
    body: {
      type: 'ticket.created',
      ticket: {
        id: 3120,
        subject: 'Checkout &amp; cart are down',
        description:
          '<div dir="ltr"><p>Since <b>11:40</b> customers see an error:</p><ul><li>cart: 502</li><li>checkout: time-out</li></ul><p>Regards,<br>Mona</p></div>',
        priority: 'urgent',
        status: 'new',
        requester: { name: 'Mona Lisa', email: 'mona@acme.example' },
        url: 'https://desk.acme.example/tickets/3120',
      },
    },
  }),
  sent('INSERT', 'table-row', {
    body: {
      type: 'INSERT',
      table: 'users',
      schema: 'public',
      record: {
        id: 'a3bb189e-8bf9-3888-9912-ace4e6543002',
        email: 'mona@acme.example',
        encrypted_password: '$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5s4gOiXxn5BYJYeFJrSsmLTmoqCvW',
        confirmation_token: '3f786850e387550fdab836ed7e6dc881de23001b',
        pat: 'ghp_0000000000000000000000000000000000',
        session: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtb25hIn0.c2lnbmF0dXJlLW9mLW5vdGhpbmc',
        avatar: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        plan: 'team',
        created_at: '2026-11-21T11:59:59.000Z',
      },
      old_record: null,
    },
  }),
  sent('alert', 'check-seconds', {
    body: {
      event: 'alert',
      alert: {
        check: 'Payment API',
        alertType: 'ALERT_FAILURE',
        errorMessage: 'Connection timeout after 5000 ms',
        startedAt: 1795262390,
        responseTimeMs: 5001,
        region: 'eu-central-1',
        resultLink: 'https://checks.acme.example/results/77',
        sslDaysRemaining: -1,
      },
    },
  }),
];

function sent(event: string, variant: string, { headers = {}, body }: Sent): Sample {
  const name = `${event}~${variant}`;
  return {
    ...{ type: 'generic', event, variant, name, file: `${name}.json`, method: 'POST', query: {} },
    headers: { ...(typeof body === 'object' && { 'content-type': 'application/json' }), ...headers },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

import { Alert, Button, Radio, Select, Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import {
  Connection,
  type ConnectionUrl,
  type ConnectionWay,
  Contents,
} from '#src/fleet/contract/clusters.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { CopyButton } from '#src/platform/web/ui/copy-button.tsx';
import { IconDownload, IconEye, IconEyeOff, IconInfoCircle } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/connect.page.ts';
import { ChoiceCard } from './choice-card.tsx';
import { useCluster } from './cluster.layout.tsx';
import styles from './connect.module.css';
import { useCommand } from './use-command.ts';

const shownSeconds = 30;

const languages = { psql: 'psql', jdbc: 'JDBC', node: 'Node.js', python: 'Python', go: 'Go' } as const;

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.connectTitle(args.params.name)[localeOf(args)]);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const base = `/api/fleet/clusters/${encodeURIComponent(params.name)}`;
  const asked = new URL(request.url).searchParams.get('database') ?? 'app';
  const [connection, databases] = await Promise.all([
    api.get(`${base}/connection?database=${encodeURIComponent(asked)}`, Connection),
    // The names are a convenience: a cluster whose primary is away can still say how to connect.
    api.get(`${base}/contents`, Contents).then(
      (contents) => contents.databases.map(({ name }) => name),
      () => [],
    ),
  ]);
  return { connection, databases: [...new Set([asked, ...databases])].toSorted() };
}

export default function ConnectPage({ loaderData: { connection, databases } }: Route.ComponentProps) {
  const t = useText();
  const navigate = useNavigate();
  const { cluster } = useCluster();
  const [kind, setKind] = useState<ConnectionWay['kind']>('direct');
  const way = connection.ways.find((one) => one.kind === kind) ?? connection.ways[0];
  if (!way) return null;
  return (
    <>
      {cluster.networks.length === 0 && (
        <Alert
          mb="md"
          variant="light"
          color="herd"
          icon={<IconInfoCircle size={20} aria-hidden />}
          styles={{ message: { color: 'var(--el-text)' } }}
        >
          {t(text.connectNobody)}
        </Alert>
      )}
      <Panel title={t(text.waysTitle)}>
        <Radio.Group
          value={kind}
          onChange={(value) => setKind(value as ConnectionWay['kind'])}
          aria-label={t(text.waysTitle)}
        >
          <div className={styles.ways}>
            {connection.ways.map((one) => (
              <ChoiceCard key={one.kind} value={one.kind} title={t(one.title)}>
                {t(one.advice)}
              </ChoiceCard>
            ))}
          </div>
        </Radio.Group>
        <div className={styles.database}>
          <Select
            label={t(text.database)}
            data={databases}
            value={connection.database}
            allowDeselect={false}
            onChange={(name) =>
              name &&
              void navigate(`?database=${encodeURIComponent(name)}`, {
                preventScrollReset: true,
                replace: true,
              })
            }
          />
        </div>
        <Tabs defaultValue="psql" keepMounted={false} classNames={{ list: styles.languages ?? '' }}>
          <Tabs.List aria-label={t(text.languages)}>
            {way.samples.map(({ language }) => (
              <Tabs.Tab key={language} value={language}>
                {languages[language]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {way.samples.map(({ language, code }) => (
            <Tabs.Panel key={language} value={language} pt="md" className={styles.samples ?? ''}>
              <CodeBlock code={code} label={t(text.sampleOf(languages[language]))} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </Panel>
      <Secret
        key={`${kind} ${connection.database}`}
        cluster={cluster.id}
        kind={kind}
        database={connection.database}
        masked={way.url}
      />
      <Panel title={t(text.authority)}>
        <div className={styles.authority}>
          <p>{t(text.authorityHint)}</p>
          <Button
            component="a"
            variant="default"
            href={`data:application/x-pem-file;charset=utf-8,${encodeURIComponent(connection.authority)}`}
            download={`${cluster.scope}-ca.crt`}
            leftSection={<IconDownload size={17} aria-hidden />}
          >
            {t(text.authorityDownload)}
          </Button>
        </div>
      </Panel>
    </>
  );
}

type SecretProps = { cluster: string; kind: ConnectionWay['kind']; database: string; masked: string };

/** The URL with its password, for half a minute. */
function Secret({ cluster, kind, database, masked }: SecretProps) {
  const t = useText();
  const may = useMay('fleet.cluster.connect');
  const { send, problem, busy } = useCommand();
  const [shown, setShown] = useState<{ url: string; until: number } | null>(null);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!shown) return;
    const tick = () => {
      const seconds = Math.ceil((shown.until - Date.now()) / 1000);
      if (seconds <= 0) setShown(null);
      else setLeft(seconds);
    };
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [shown]);
  const show = async () => {
    const query = new URLSearchParams({ kind, database });
    const answer = await send<ConnectionUrl>(
      'post',
      `/api/fleet/clusters/${cluster}/connection/url?${query}`,
    );
    if (answer) setShown({ url: answer.url, until: Date.now() + shownSeconds * 1000 });
  };
  return (
    <Panel title={t(text.urlTitle)}>
      <ProblemNotice problem={problem} />
      <div className={styles.url}>
        <code>{shown ? shown.url : masked.replace('@', ':••••••••@')}</code>
        {shown && <CopyButton value={shown.url} />}
      </div>
      <div className={styles.reveal}>
        {may && !shown && (
          <Button
            variant="default"
            leftSection={<IconEye size={17} aria-hidden />}
            loading={busy}
            onClick={() => void show()}
          >
            {t(text.showPassword)}
          </Button>
        )}
        {shown && (
          <Button
            variant="default"
            leftSection={<IconEyeOff size={17} aria-hidden />}
            onClick={() => setShown(null)}
          >
            {t(text.hidePassword)}
          </Button>
        )}
        <span>{t(shown ? text.hiddenIn(left) : may ? text.audited : text.mayNotShow)}</span>
      </div>
    </Panel>
  );
}

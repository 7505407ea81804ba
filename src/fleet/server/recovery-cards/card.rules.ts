import { cardText } from '#src/fleet/contract/recovery-card.text.ts';
import { escapeHtml, paperCss } from '#src/fleet/server/drills/sheet.rules.ts';
import type { Locale, Text } from '#src/platform/contract/i18n.ts';

/** What a card is written from: nothing of it is secret. */
export type CardFacts = {
  name: string;
  scope: string;
  pgVersion: number;
  members: { name: string; hostName: string; address: string; isServer: boolean; hasEtcd: boolean }[];
  ports: { postgres: number; patroni: number; etcdClient: number };
  dataDirectory: string;
  /** pgBackRest's file without its secrets; null without backups. */
  backup: {
    stanza: string;
    file: string;
    content: string;
    repositories: { position: number; name: string; address: string; keyFingerprint: string }[];
  } | null;
  proved: { at: string; seconds: number } | null;
  madeAt: string;
};

/** The commands of a card, step by step, as they are typed: a test follows them on hosts without any Elepherd. */
export function cardCommands({ scope, pgVersion, ports, dataDirectory, backup }: CardFacts) {
  const bin = `/usr/lib/postgresql/${pgVersion}/bin`;
  const patroni = `elepherd-patroni-${scope}`;
  const stanza = backup?.stanza ?? scope;
  const etcd = `/etc/etcd/${scope}`;
  const etcdctl = `ETCDCTL_API=3 etcdctl --endpoints=https://127.0.0.1:${ports.etcdClient} --cacert=${etcd}/ca.crt --cert=${etcd}/server.crt --key=${etcd}/server.key`;
  const as = 'runuser -u postgres --';
  const keys = ['initialize', 'leader', 'status', 'sync', 'history', 'failover', 'failsafe'];
  return {
    look: [`patronictl -c /etc/patroni/${scope}.yml list`, `${as} pgbackrest --stanza=${stanza} info`],
    moment: [`MOMENT='2026-01-31 14:05:00+08'`, `BACKUP=20260131-010000F`],
    stop: [`systemctl stop ${patroni}`],
    aside: [`[ ! -e ${dataDirectory} ] || mv ${dataDirectory} ${dataDirectory}-before`],
    copy: [
      `install -d -o postgres -g postgres -m 0700 ${dataDirectory}`,
      `${as} pgbackrest --stanza=${stanza} --set="$BACKUP" --type=time --target="$MOMENT" --target-action=promote restore`,
    ],
    replay: [
      `echo 'local all all peer' > ${dataDirectory}/card_hba.conf`,
      `chown postgres: ${dataDirectory}/card_hba.conf`,
      `${as} ${bin}/pg_ctl -D ${dataDirectory} -W -l /tmp/recovery-${scope}.log -o "-c hot_standby=off -c listen_addresses='' -c unix_socket_directories=${dataDirectory} -c hba_file=${dataDirectory}/card_hba.conf -c ssl=off -c max_connections=1000 -c max_worker_processes=64 -c max_wal_senders=64 -c max_locks_per_transaction=512 -c max_prepared_transactions=64" start`,
      `until ${bin}/pg_isready -h ${dataDirectory} -p ${ports.postgres}; do sleep 1; done`,
      `password() { sed -n "/^ *$1:/,/password:/ s/.*password: *\\"\\(.*\\)\\"/\\1/p" /etc/patroni/${scope}.yml | head -n 1; }`,
      `echo "set password_encryption = 'scram-sha-256'; alter role replicator password '$(password replication)'; alter role rewinder password '$(password rewind)';" | ${as} psql -h ${dataDirectory} -p ${ports.postgres} -d postgres`,
      `${as} ${bin}/pg_ctl -D ${dataDirectory} -m fast stop`,
      `sed -i '/^ *\\(restore_command\\|recovery_\\)/d' ${dataDirectory}/postgresql.auto.conf`,
    ],
    forget: [
      `for key in ${keys.join(' ')}; do ${etcdctl} del /elepherd/${scope}/$key; done`,
      `${etcdctl} del --prefix /elepherd/${scope}/members/`,
    ],
    start: [`systemctl start ${patroni}`],
    fresh: [`${as} pgbackrest --stanza=${stanza} --type=full backup`],
  };
}

/** The card as a page of its own: it loads nothing, and fits on paper. */
export function cardHtml(facts: CardFacts, locale: Locale): string {
  const e = escapeHtml;
  const t = (text: Text) => e(text[locale]);
  const commands = cardCommands(facts);
  const { backup, proved } = facts;
  const row = (name: Text, value: string) => `<tr><th scope="row">${t(name)}</th><td>${value}</td></tr>`;
  const step = (words: Text, lines: readonly string[]) =>
    `<p>${t(words)}</p>\n<pre>${e(lines.join('\n'))}</pre>`;
  const members = facts.members.map(
    (m) => `${e(m.name)}: ${e(m.hostName)} (${e(m.address)})${m.isServer ? '' : `, ${t(cardText.witness)}`}`,
  );
  const etcdPort = facts.ports.etcdClient;
  const files = [
    `/etc/patroni/${facts.scope}.yml`,
    ...(backup ? [backup.file] : []),
    `/etc/etcd/${facts.scope}/etcd.yml`,
  ];
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t(cardText.title(facts.name))}</title><style>${paperCss}</style></head>
<body><h1>${t(cardText.title(facts.name))}</h1>
<p>${t(cardText.intro)} ${t(cardText.made(facts.madeAt))}</p>
<h2>${t(cardText.places)}</h2>
<table>
${row(cardText.version, e(String(facts.pgVersion)))}
${row(cardText.members, members.join('<br>'))}
${row(cardText.dataAt, `<code>${e(facts.dataDirectory)}</code>`)}
${row(cardText.ports, t(cardText.portList(facts.ports.postgres, facts.ports.patroni, etcdPort)))}
${row(cardText.files, files.map((file) => `<code>${e(file)}</code>`).join('<br>'))}
${
  backup
    ? row(cardText.stanza, `<code>${e(backup.stanza)}</code>`) +
      backup.repositories
        .map((r) =>
          row(
            cardText.repositoryNo(r.position),
            `${e(r.name)}: <code>${e(r.address)}</code><br>${t(cardText.keyOf(r.keyFingerprint))}`,
          ),
        )
        .join('')
    : ''
}
</table>
${
  backup
    ? `<p>${t(proved ? cardText.proved(proved.at.slice(0, 10), proved.seconds.toFixed(0)) : cardText.neverProved)}</p>
<h2>${t(cardText.lookTitle)}</h2>
${step(cardText.look, commands.look)}
<h2>${t(cardText.restoreTitle)}</h2>
${step(cardText.setMoment, commands.moment)}
${step(cardText.stopAll, commands.stop)}
${step(cardText.aside, commands.aside)}
${step(cardText.copy, commands.copy)}
${step(cardText.replay, commands.replay)}
${step(cardText.forget, commands.forget)}
${step(cardText.start, commands.start)}
${step(cardText.fresh, commands.fresh)}
<h2>${t(cardText.lostTitle)}</h2>
${step(cardText.lost, [`# ${backup.file}`, ...backup.content.trim().split('\n')])}
<p>${t(cardText.lostThen)}</p>`
    : `<p class="bad">${t(cardText.noBackups)}</p>`
}
</body></html>
`;
}

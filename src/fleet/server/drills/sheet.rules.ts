import type { SignedEvidence } from '#src/fleet/contract/drills.ts';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import type { Locale, Text } from '#src/platform/contract/i18n.ts';

/** The sheet of a drill as lines: what it says does not depend on the paper. */
export type Sheet = {
  title: string;
  verdict: string;
  isGood: boolean;
  reason: string | null;
  rows: [string, string][];
  signedBy: string;
  signature: string;
  how: string;
  command: string;
};

const verify = 'openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text.json -sigfile signature.bin';

const comparedOf = (
  name: string,
  { tables, rows, missing }: { tables: number; rows: number; missing: string[] },
) =>
  missing.length > 0
    ? drillText.lackingOf(name, missing)
    : drillText.comparedOf(name, tables, rows.toLocaleString('en'));

/** What an evidence sheet says, in one language. */
export function sheetOf({ evidence, signature, keyFingerprint }: SignedEvidence, locale: Locale): Sheet {
  const t = (text: Text) => text[locale];
  const { cluster, backup, results } = evidence;
  const seconds = (value: number | null) =>
    t(value === null ? drillText.unknown : drillText.seconds(value.toFixed(1)));
  const moment = (at: string) => `${at.slice(0, 19).replace('T', ' ')} UTC`;
  const row = (name: Text, value: string): [string, string] => [t(name), value];
  const { marks, databases, pagesSound, uncounted = [], gone = [], uncompared } = results;
  return {
    title: t(drillText.sheetTitle),
    verdict: t(
      evidence.verdict === 'passed'
        ? drillText.passed
        : evidence.verdict === 'backup-bad'
          ? drillText.backupBad
          : drillText.infrastructureFailed,
    ),
    isGood: evidence.verdict === 'passed',
    reason: evidence.reason && t(evidence.reason),
    rows: [
      row(drillText.cluster, `${cluster.name} (${cluster.scope}), PostgreSQL ${cluster.pgVersion}`),
      row(drillText.systemId, cluster.systemId),
      row(drillText.backup, backup.label),
      row(drillText.repository, `${backup.repository}: ${backup.address}`),
      row(drillText.key, backup.keyFingerprint),
      row(drillText.host, evidence.host),
      row(drillText.moment, evidence.at === null ? t(drillText.endOfBackup) : moment(evidence.at)),
      ...(results.reachedAt ? [row(drillText.reached, moment(results.reachedAt))] : []),
      row(drillText.beganEnded, `${moment(evidence.began)} – ${moment(evidence.ended)}`),
      row(drillText.startedBy, evidence.startedBy),
      row(drillText.recovery, seconds(evidence.recoverySeconds)),
      row(drillText.loss, seconds(evidence.lossSeconds)),
      ...(marks
        ? [
            row(
              drillText.marks,
              t(drillText.marksFound(marks.before - marks.missing, marks.after - marks.tooNew)),
            ),
          ]
        : []),
      ...(pagesSound === true ? [row(drillText.pages, t(drillText.pagesSound))] : []),
      ...(pagesSound === false ? [row(drillText.pages, t(drillText.pagesBad))] : []),
      ...(databases ?? []).map((one) =>
        row(drillText.rows, t(drillText.rowsOf(one.name, one.tables, one.rows.toLocaleString('en')))),
      ),
      ...(uncounted.length > 0 ? [row(drillText.uncounted, t(drillText.uncountedOf(uncounted)))] : []),
      ...(gone.length > 0 ? [row(drillText.compared, t(drillText.goneOf(gone)))] : []),
      ...(databases ?? []).flatMap(({ name, known }) =>
        known ? [row(drillText.compared, t(comparedOf(name, known)))] : [],
      ),
      ...(uncompared ? [row(drillText.compared, t(drillText.uncomparedBecause(uncompared)))] : []),
    ],
    signedBy: `${t(drillText.signedBy)} ${keyFingerprint}`,
    signature,
    how: t(drillText.howToVerify),
    command: verify,
  };
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** A text as it may stand in a document. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (letter) => entities[letter]!);

/** Such a document loads and runs nothing; its own style is in it. */
export const documentHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** How documents for people look, on a screen and on paper; nothing is loaded from anywhere. */
export const paperCss = `
  @page { size: A4; margin: 16mm }
  body { font: 11pt/1.5 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; color: #111; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; break-after: avoid }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #ccc }
  th { font-weight: 600; width: 13rem } pre, code { font: 9.5pt/1.45 ui-monospace, "DejaVu Sans Mono", monospace }
  pre { background: #f4f4f2; border: 1px solid #ccc; padding: .5rem .7rem; white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid }
  .good { color: #14602b } .bad { color: #9b1c1c } .verdict { font-size: 1.2rem; font-weight: 600 } td { overflow-wrap: anywhere }
  @media print { body { margin: 0; max-width: none; padding: 0 } }
`;

/** The sheet as a page of its own. */
export function sheetHtml(sheet: Sheet, locale: Locale): string {
  const e = escapeHtml;
  const rows = sheet.rows.map(
    ([name, value]) => `<tr><th scope="row">${e(name)}</th><td>${e(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${e(sheet.title)}</title><style>${paperCss}</style></head>
<body><h1>${e(sheet.title)}</h1>
<p class="verdict ${sheet.isGood ? 'good' : 'bad'}">${e(sheet.verdict)}</p>
${sheet.reason === null ? '' : `<p>${e(sheet.reason)}</p>`}
<table>${rows.join('')}</table>
<p>${e(sheet.signedBy)}</p>
<pre>${e(sheet.signature)}</pre>
<p>${e(sheet.how)}</p>
<pre>${e(sheet.command)}</pre>
</body></html>
`;
}

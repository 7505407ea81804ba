import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { cliCommunityText } from '#src/community/contract/cli-community.text.ts';
import { recountFile } from '#src/community/contract/count-ballots.ts';
import { picturesOf } from '#src/community/contract/import-links.ts';
import {
  type ImportBatch,
  ImportedItem,
  ImportItem,
  ImportRun,
  importSources,
  MissingPictures,
} from '#src/community/contract/imports.ts';
import type { Api } from '#src/platform/cli/api.ts';
import { PointReplay, type Points } from '#src/community/contract/points.ts';
import { ElectionFile } from '#src/community/contract/tallies.ts';
import { type Command, defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure, usageFailure } from '#src/platform/cli/failure.ts';
import type { Printer } from '#src/platform/cli/printer.ts';

const itemsABatch = 20;
// The API takes a mebibyte at once.
const charactersABatch = 300_000;

/** All commands of this room, in the order in which help shows them. */
export const communityCommands: readonly Command[] = [
  defineCommand('community import', {
    summary: cliCommunityText.import,
    detail: cliCommunityText.importDetail,
    arguments: [{ name: 'place', title: cliCommunityText.place }],
    options: {
      source: { type: 'string', choices: importSources, title: cliCommunityText.optionSource },
      site: { type: 'string', value: 'name', title: cliCommunityText.optionSite },
      author: { type: 'string', value: 'handle', title: cliCommunityText.optionAuthor },
      'dry-run': { type: 'boolean', title: cliCommunityText.optionDry },
    },
    examples: [
      'elepherd community import ./blog --site blog --dry-run',
      'elepherd community import export.json --source discourse --site forum',
    ],
    async run({ api, arguments: { place }, options, printer }) {
      const isFolder = await stat(place).then(
        (found) => found.isDirectory(),
        () => {
          throw new CliFailure(exitCode.notFound, cliCommunityText.noPlace(place));
        },
      );
      const source = options.source ?? (isFolder ? 'markdown' : undefined);
      if (source === undefined) throw usageFailure(cliCommunityText.sourceNeeded);
      const items = isFolder ? await filesOf(place) : await topicsOf(place);
      const kept = items.filter((item) => {
        const fits = Buffer.byteLength(item.text) < 900_000 && ImportItem.safeParse(item).success;
        if (!fits) printer.note(cliCommunityText.leftOut(item.key));
        return fits;
      });
      const client = await api();
      const begun = await client.post('/api/community/imports', {
        source,
        site: options.site ?? siteOf(place),
        isDry: options['dry-run'],
      });
      const run = begun.as(ImportRun);
      const pictures = isFolder ? await picturesIn(place, kept) : new Map<string, string>();
      if (pictures.size > 0 && !run.isDry) await sendPictures(client, printer, run.id, place, pictures);
      let done = 0;
      for (const batch of batchesOf(kept)) {
        const shown = run.isDry ? batch.flatMap(({ key, text }) => picturesOf(key, text)) : [];
        const body: ImportBatch = {
          items: batch,
          pictures: [...new Set(shown)].filter((key) => pictures.has(key)).slice(0, 2000),
          ...(options.author !== undefined && { author: options.author }),
        };
        const answer = await client.post(`/api/community/imports/${run.id}/items`, body);
        tell(printer, answer.as(z.array(ImportedItem)));
        done += batch.length;
        printer.note(cliCommunityText.progress(done, kept.length));
      }
      printer.show(await client.get(`/api/community/imports/${run.id}`), ImportRun, {
        quiet: ({ id }) => [id],
        people({ counts: { created, updated, unchanged, refused } }) {
          const leftOut = items.length - kept.length;
          printer.tell(cliCommunityText.imported(created, updated, unchanged, refused + leftOut));
          if (run.isDry) printer.tell(cliCommunityText.onlyTried);
        },
      });
    },
  }),
  defineCommand('community points check', {
    summary: cliCommunityText.checkPoints,
    detail: cliCommunityText.checkPointsDetail,
    examples: ['elepherd community points check'],
    async run({ api, printer }) {
      const client = await api();
      const answer = await client.post('/api/community/points/replay');
      const found = answer.as(PointReplay);
      const { differences, differenceCount, balances, balanceCount, entries, members } = found;
      for (const { entryId, expected, found: is } of differences)
        printer.note(cliCommunityText.entryDiffers(entryId, pointsIn(expected), pointsIn(is)));
      for (const { handle, expected, found: is } of balances)
        printer.note(cliCommunityText.balanceDiffers(handle, pointsIn(expected), pointsIn(is)));
      if (differenceCount + balanceCount > 0)
        throw new CliFailure(exitCode.failed, cliCommunityText.pointsDiffer(differenceCount, balanceCount));
      printer.show(answer, PointReplay, {
        quiet: () => [String(entries)],
        people: () => printer.tell(cliCommunityText.pointsRight(entries, members)),
      });
    },
  }),
  defineCommand('community recount', {
    summary: cliCommunityText.recount,
    detail: cliCommunityText.recountDetail,
    arguments: [{ name: 'file', title: cliCommunityText.electionFile }],
    options: {},
    examples: ['elepherd community recount election-12.json'],
    async run({ arguments: { file }, printer }) {
      const published = await electionOf(file);
      const { tally, differs } = recountFile(published);
      printer.tell(cliCommunityText.counted(published.ballots.length, published.title));
      for (const winner of tally.winners)
        printer.tell(cliCommunityText.winner(published.candidates[winner] ?? '', tally.totals[winner] ?? ''));
      if (differs.length > 0)
        throw new CliFailure(exitCode.failed, cliCommunityText.differs(differs.join(', ')));
      printer.tell(cliCommunityText.same);
    },
  }),
];

const picturesAnOffer = 100;

/** The pictures that files of a folder show and that are there, by their paths in it, with their digests. */
async function picturesIn(folder: string, items: readonly ImportItem[]): Promise<Map<string, string>> {
  const keys = new Set(items.flatMap(({ key, text }) => picturesOf(key, text)));
  const found = new Map<string, string>();
  for (const key of [...keys].filter((one) => one.length <= 400).toSorted()) {
    const bytes = await readInside(folder, key);
    if (bytes) found.set(key, createHash('sha256').update(bytes).digest('hex'));
  }
  return found;
}

/** A file of a folder; undefined when it is not there, or lies elsewhere behind a link. */
async function readInside(folder: string, key: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    const [root, path] = [await realpath(folder), await realpath(join(folder, key))];
    return path.startsWith(root + sep) ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Sends what was never sent before; a picture that is refused is told and left out. */
async function sendPictures(
  client: Api,
  printer: Printer,
  runId: string,
  folder: string,
  pictures: ReadonlyMap<string, string>,
): Promise<void> {
  const address = `/api/community/imports/${runId}/pictures`;
  const offers = [...pictures].map(([key, digest]) => ({ key, digest }));
  let sent = 0;
  for (let at = 0; at < offers.length; at += picturesAnOffer) {
    const offer = { pictures: offers.slice(at, at + picturesAnOffer) };
    const { missing } = (await client.post(address, offer)).as(MissingPictures);
    for (const key of missing) {
      const bytes = await readInside(folder, key);
      try {
        if (bytes) await client.put(address, new Blob([bytes]), { key });
        sent++;
      } catch (error) {
        // One that is no picture, or too large, does not end the import.
        if (!(error instanceof CliFailure) || !isRefusal(error)) throw error;
        printer.note(cliCommunityText.pictureRefused(key, printer.say(error.text)));
      }
    }
  }
  printer.note(cliCommunityText.pictures(sent, pictures.size));
}

const isRefusal = ({ problem }: CliFailure) => problem?.code === 'invalid' || problem?.code === 'too_large';
const pointsIn = ({ growth, spendable }: Points): string => `${growth} / ${spendable}`;

async function electionOf(file: string): Promise<ElectionFile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliFailure(exitCode.notFound, cliCommunityText.noPlace(file));
  });
  try {
    return ElectionFile.parse(JSON.parse(text));
  } catch {
    throw new CliFailure(exitCode.failed, cliCommunityText.noElection(file));
  }
}

function tell(printer: Printer, items: readonly ImportedItem[]): void {
  for (const { key, outcome, reason, warnings } of items) {
    if (outcome === 'refused' && reason !== null)
      printer.note(cliCommunityText.refused(key, printer.say(reason)));
    for (const warning of warnings) printer.note(cliCommunityText.warning(key, printer.say(warning)));
  }
}

/** A name for a place as ours are, from the last part of its path. */
function siteOf(place: string): string {
  const name = basename(place)
    .replace(/\.json$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return name.length >= 3 ? name : `site-${name}`.replace(/-+$/, '');
}

/** Every Markdown file below a folder by its path in it, in the order of paths; hidden ones are left out. */
async function filesOf(folder: string): Promise<ImportItem[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = all
    .filter((entry) => entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .toSorted();
  const items: ImportItem[] = [];
  for (const path of paths) items.push({ key: path, text: await readFile(join(folder, path), 'utf8') });
  return items;
}

type Entry = Record<string, unknown>;
const isEntries = (value: unknown): value is Entry[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);

/** Every topic of a forum's export, each with the users that it names. */
async function topicsOf(file: string): Promise<ImportItem[]> {
  const refuse = () => new CliFailure(exitCode.failed, cliCommunityText.noForum(file));
  let whole: Entry;
  try {
    whole = JSON.parse(await readFile(file, 'utf8')) as Entry;
  } catch {
    throw refuse();
  }
  const { topics, users = [] } = whole ?? {};
  if (!isEntries(topics) || !isEntries(users)) throw refuse();
  const known = new Map(users.map((user) => [String(user['id'] ?? user['uid']), user]));
  return topics.map((topic) => {
    const posts = isEntries(topic['posts']) ? topic['posts'] : [];
    const named = new Set(posts.map((post) => String(post['user_id'] ?? post['uid'])));
    const theirs = [...named].flatMap((id) => known.get(id) ?? []);
    return { key: String(topic['id'] ?? topic['tid']), text: JSON.stringify({ users: theirs, ...topic }) };
  });
}

function* batchesOf(items: readonly ImportItem[]): Generator<ImportItem[]> {
  let batch: ImportItem[] = [];
  let characters = 0;
  for (const item of items) {
    const isFull = batch.length === itemsABatch || characters + item.text.length > charactersABatch;
    if (isFull && batch.length > 0) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(item);
    characters += item.text.length;
  }
  if (batch.length > 0) yield batch;
}

import { z } from 'zod';
import { cliIdentityText } from '#src/identity/contract/cli.text.ts';
import { ApiKey, NewKey } from '#src/identity/contract/organisations.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure, usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf } from '#src/platform/cli/format.ts';

/** Commands on API keys. */
export const keyCommands = [
  defineCommand('key list', {
    summary: cliIdentityText.keyList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/identity/keys'), z.array(ApiKey), {
        quiet: (rows) => rows.map(({ id }) => id),
        people: (rows) =>
          printer.table(
            [
              { title: cliIdentityText.name, value: ({ name }) => name },
              { title: cliIdentityText.begins, value: ({ prefix }) => `${prefix}…` },
              {
                title: cliIdentityText.state,
                value: (key) => printer.say(stateOf(key)),
                tone: (key) => (stateOf(key) === cliIdentityText.alive ? 'good' : 'quiet'),
              },
              { title: cliIdentityText.scopes, value: ({ scopes }) => scopes.join(' ') },
              { title: cliIdentityText.ends, value: ({ expiresAt }) => momentOf(expiresAt) },
              { title: cliIdentityText.lastUsed, value: ({ lastUsedAt }) => momentOf(lastUsedAt) },
              { title: cliIdentityText.by, value: ({ createdBy }) => createdBy },
              { title: cliIdentityText.id, value: ({ id }) => id },
            ],
            rows,
            cliIdentityText.none,
          ),
      });
    },
  }),

  defineCommand('key create', {
    summary: cliIdentityText.keyCreate,
    detail: cliIdentityText.keyCreateDetail,
    arguments: [{ name: 'name', title: cliIdentityText.keyName }],
    options: {
      scope: { type: 'string', multiple: true, value: 'scope', title: cliIdentityText.optionScope },
      days: { type: 'number', value: 'days', title: cliIdentityText.optionDays },
      'no-end': { type: 'boolean', title: cliIdentityText.optionNoEnd },
    },
    examples: ["elepherd key create ci --scope 'fleet.*.read' --scope fleet.sandbox.create --days 90"],
    async run({ api, arguments: given, options, printer }) {
      if (options.scope.length === 0) throw usageFailure(cliIdentityText.scopeMissing);
      const daysValid = options['no-end'] ? null : (options.days ?? 365);
      const answer = await (
        await api()
      ).post('/api/identity/keys', { name: given.name, scopes: options.scope, daysValid });
      printer.show(answer, NewKey, {
        quiet: ({ token }) => [token],
        people({ name, token }) {
          printer.note(cliIdentityText.keyMade(name));
          printer.line(token);
        },
      });
    },
  }),

  defineCommand('key revoke', {
    summary: cliIdentityText.keyRevoke,
    arguments: [{ name: 'key', title: cliIdentityText.keyArgument, completes: 'key list' }],
    destroys: true,
    async run(call) {
      const client = await call.api();
      const typed = call.arguments.key;
      const keys = (await client.get('/api/identity/keys')).as(z.array(ApiKey));
      const found = keys.filter(
        ({ id, prefix, name, revokedAt }) => revokedAt === null && [id, prefix, name].includes(typed),
      );
      const [key] = found;
      if (key === undefined || found.length > 1) {
        throw new CliFailure(exitCode.notFound, cliIdentityText.noSuchKey(typed.slice(0, 100)));
      }
      await confirmLoss(call, cliIdentityText.willRevoke(key.name), key.name);
      call.printer.done(
        await client.delete(`/api/identity/keys/${key.id}`),
        cliIdentityText.revoked(key.name),
      );
    },
  }),
];

function stateOf({ revokedAt, expiresAt }: ApiKey) {
  if (revokedAt !== null) return cliIdentityText.wasRevoked;
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now()
    ? cliIdentityText.over
    : cliIdentityText.alive;
}

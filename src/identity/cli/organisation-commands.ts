import { z } from 'zod';
import { cliIdentityText } from '#src/identity/contract/cli.text.ts';
import { Invitation, Member, Organisation, OwnOrganisation } from '#src/identity/contract/organisations.ts';
import { Role } from '#src/identity/contract/roles.ts';
import type { Api } from '#src/platform/cli/api.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure, usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, yesNo } from '#src/platform/cli/format.ts';

const nameArgument = { name: 'name', title: cliIdentityText.orgName } as const;
const memberArgument = {
  name: 'member',
  title: cliIdentityText.memberArgument,
  completes: 'member list',
} as const;

/** Commands on organisations and the people in them. */
export const organisationCommands = [
  defineCommand('org list', {
    summary: cliIdentityText.orgList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/identity/organisations'), z.array(OwnOrganisation), {
        quiet: (rows) => rows.map(({ name }) => name),
        people: (rows) =>
          printer.table(
            [
              { title: cliIdentityText.name, value: ({ name }) => name },
              { title: cliIdentityText.role, value: ({ role }) => role },
              { title: cliIdentityText.id, value: ({ id }) => id },
              { title: cliIdentityText.created, value: ({ createdAt }) => momentOf(createdAt) },
            ],
            rows,
            cliIdentityText.none,
          ),
      });
    },
  }),

  defineCommand('org show', {
    summary: cliIdentityText.orgShow,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/identity/organisations/current'), Organisation, {
        quiet: ({ id }) => [id],
        people: ({ name, id, createdAt }) =>
          printer.facts([
            [cliIdentityText.name, name],
            [cliIdentityText.id, id],
            [cliIdentityText.created, momentOf(createdAt)],
          ]),
      });
    },
  }),

  defineCommand('org create', {
    summary: cliIdentityText.orgCreate,
    arguments: [nameArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).post('/api/identity/organisations', { name: given.name });
      printer.show(answer, Organisation, {
        quiet: ({ id }) => [id],
        people: ({ name }) => printer.tell(cliIdentityText.made(name)),
      });
    },
  }),

  defineCommand('org rename', {
    summary: cliIdentityText.orgRename,
    arguments: [nameArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).patch('/api/identity/organisations/current', { name: given.name });
      printer.show(answer, Organisation, {
        quiet: ({ id }) => [id],
        people: ({ name }) => printer.tell(cliIdentityText.renamed(name)),
      });
    },
  }),

  defineCommand('member list', {
    summary: cliIdentityText.memberList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/identity/members'), z.array(Member), {
        quiet: (rows) => rows.map(({ email }) => email),
        people: (rows) =>
          printer.table(
            [
              { title: cliIdentityText.name, value: ({ name }) => name },
              { title: cliIdentityText.email, value: ({ email }) => email },
              { title: cliIdentityText.role, value: ({ role }) => role },
              {
                title: cliIdentityText.secondFactor,
                value: ({ secondFactor }) => printer.say(yesNo(secondFactor)),
                tone: ({ secondFactor }) => (secondFactor ? undefined : 'warning'),
              },
              { title: cliIdentityText.joined, value: ({ joinedAt }) => momentOf(joinedAt) },
            ],
            rows,
            cliIdentityText.none,
          ),
      });
    },
  }),

  defineCommand('member invite', {
    summary: cliIdentityText.memberInvite,
    arguments: [{ name: 'email', title: cliIdentityText.emailArgument }],
    options: { role: { type: 'string', choices: Role.options, title: cliIdentityText.optionRole } },
    examples: ['elepherd member invite mei@example.com --role operator'],
    async run({ api, arguments: given, options, printer }) {
      const answer = await (
        await api()
      ).post('/api/identity/invitations', { email: given.email, role: options.role ?? 'viewer' });
      printer.done(answer, cliIdentityText.invited(given.email));
    },
  }),

  defineCommand('member set-role', {
    summary: cliIdentityText.memberSetRole,
    arguments: [memberArgument, { name: 'role', title: cliIdentityText.roleArgument }],
    async run({ api, arguments: given, printer }) {
      if (!Role.safeParse(given.role).success) {
        throw usageFailure(cliIdentityText.unknownRole(given.role.slice(0, 60), Role.options.join(', ')));
      }
      const client = await api();
      const { accountId, email } = await findMember(client, given.member);
      const answer = await client.patch(`/api/identity/members/${accountId}`, { role: given.role });
      printer.done(answer, cliIdentityText.roleChanged(email, given.role));
    },
  }),

  defineCommand('member remove', {
    summary: cliIdentityText.memberRemove,
    arguments: [memberArgument],
    destroys: true,
    async run(call) {
      const client = await call.api();
      const { accountId, email } = await findMember(client, call.arguments.member);
      await confirmLoss(call, cliIdentityText.willRemove(email), email);
      call.printer.done(
        await client.delete(`/api/identity/members/${accountId}`),
        cliIdentityText.memberGone(email),
      );
    },
  }),

  defineCommand('member invitations', {
    summary: cliIdentityText.memberInvitations,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/identity/invitations'), z.array(Invitation), {
        quiet: (rows) => rows.map(({ email }) => email),
        people: (rows) =>
          printer.table(
            [
              { title: cliIdentityText.email, value: ({ email }) => email },
              { title: cliIdentityText.role, value: ({ role }) => role },
              { title: cliIdentityText.by, value: ({ invitedBy }) => invitedBy ?? '-' },
              { title: cliIdentityText.ends, value: ({ expiresAt }) => momentOf(expiresAt) },
              { title: cliIdentityText.id, value: ({ id }) => id },
            ],
            rows,
            cliIdentityText.none,
          ),
      });
    },
  }),

  defineCommand('member uninvite', {
    summary: cliIdentityText.memberUninvite,
    arguments: [
      { name: 'invitation', title: cliIdentityText.invitationArgument, completes: 'member invitations' },
    ],
    async run({ api, arguments: given, printer }) {
      const client = await api();
      const open = (await client.get('/api/identity/invitations')).as(z.array(Invitation));
      const found = open.find(
        ({ id, email }) => id === given.invitation || email === given.invitation.toLowerCase(),
      );
      if (found === undefined) {
        throw new CliFailure(
          exitCode.notFound,
          cliIdentityText.noSuchInvitation(given.invitation.slice(0, 100)),
        );
      }
      const answer = await client.delete(`/api/identity/invitations/${found.id}`);
      printer.done(answer, cliIdentityText.uninvited(found.email));
    },
  }),
];

async function findMember(client: Api, typed: string): Promise<Member> {
  const members = (await client.get('/api/identity/members')).as(z.array(Member));
  const found = members.find(({ accountId, email }) => accountId === typed || email === typed.toLowerCase());
  if (found !== undefined) return found;
  throw new CliFailure(exitCode.notFound, cliIdentityText.noSuchMember(typed.slice(0, 100)));
}

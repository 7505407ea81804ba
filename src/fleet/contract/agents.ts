import { z } from 'zod';
import { HostAddress, HostFacts, ServerSeen } from './hosts.ts';
import { TaskOrder } from './tasks.ts';

/** What agent and server say to one another over the agents' port. */

/** The name every certificate of the agents' port carries, so that an agent needs not know by which address it dials. */
export const agentsPortName = 'agents.elepherd.internal';

/** Seconds between two heartbeats; a host unseen for `offlineAfterSeconds` is offline. */
export const heartbeatSeconds = 5;
export const offlineAfterSeconds = 12;

/** What a new agent sends with its one-time token. */
export const EnrolRequest = z.object({
  token: z.string().min(20).max(200),
  hostName: z.string().max(253),
  /** PEM of its certificate request; the private key never leaves the host. */
  certificateRequest: z.string().max(8000),
  /** The address by which other hosts reach it, when the person who enrols it knows better than the connection. */
  address: HostAddress.optional(),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const EnrolAnswer = z.object({
  hostId: z.uuid(),
  hostName: z.string().max(40),
  certificate: z.string().max(20_000),
  /** PEM of Elepherd's own authority: the only one the agent believes from now on. */
  authority: z.string().max(20_000),
  /** PEM of the key with which releases of the agent are signed. */
  releaseKey: z.string().max(2000),
});
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;

export const RenewRequest = z.object({ certificateRequest: z.string().max(8000) });
export const RenewAnswer = z.object({ certificate: z.string().max(20_000) });

/** A heartbeat that also asks for work: the server answers at once when there is some, else after `waitSeconds`. */
export const Heartbeat = z.object({
  bootId: z.string().max(80),
  agentVersion: z.string().max(80),
  waitSeconds: z.number().min(0).max(60),
  /** Milliseconds since the epoch by the host's clock. */
  clockMs: z.number(),
  /** Tasks the agent has in hand. */
  known: z.array(z.uuid()).max(200),
  /** True after a start or a broken connection: an answer may have been lost, so the server looks again. */
  resync: z.boolean(),
  /** Sent when they changed, and now and then. */
  facts: HostFacts.optional(),
  /** Sent when they changed. */
  servers: z.array(ServerSeen).max(100).optional(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

export const HeartbeatAnswer = z.object({
  orders: z.array(TaskOrder).max(100),
  /** Tasks in the agent's hand that nobody wishes any more. */
  cancel: z.array(z.uuid()).max(200),
  /** The agent version the server wishes; the agent fetches and checks it when it differs. */
  agentVersion: z.string().max(80),
  renewCertificate: z.boolean(),
});
export type HeartbeatAnswer = z.infer<typeof HeartbeatAnswer>;

/** The newest agent: its content's SHA-256 in hex is its version; the signature is of that by the release key. */
export const AgentRelease = z.object({
  version: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().max(500),
});
export type AgentRelease = z.infer<typeof AgentRelease>;

/** What the release key signs for a version. */
export const releaseMessage = (version: string) => `elepherd agent ${version}`;

/** An answer that a task was not known: the agent may forget it. */
export const ReportAnswer = z.object({ known: z.boolean() });

/** Why an agent was refused; `leave` means its host was removed and it should stop for good. */
export const AgentRefusal = z.object({
  code: z.string().max(40),
  detail: z.string().max(20_000),
  leave: z.boolean().default(false),
});
export type AgentRefusal = z.infer<typeof AgentRefusal>;

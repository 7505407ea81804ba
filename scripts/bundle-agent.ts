/** Writes the agent as one file, `build/agent/elepherd-agent.mjs`, and says its version: `node scripts/run.mjs scripts/bundle-agent.ts`. */
import { createHash } from 'node:crypto';
import { bundleAgent } from '#src/main/agent-bundle.ts';

const bytes = await bundleAgent({ write: true });
process.stdout.write(
  `build/agent/elepherd-agent.mjs ${bytes.length} bytes, version ${createHash('sha256').update(bytes).digest('hex')}\n`,
);

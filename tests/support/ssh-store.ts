import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** A folder on an SSH server, as a network storage offers it. */
export type SshStore = {
  port: number;
  username: string;
  /** The folder on the server into which backups go. */
  path: string;
  privateKey: string;
  /** SHA-256 of the server's host key, in hex. */
  fingerprint: string;
  stop(): Promise<void>;
};

/** Starts OpenSSH's own server on this machine's loopback: SFTP only, by key only, for one user. Needs root. */
export async function startSshStore(username = 'backup'): Promise<SshStore> {
  // sshd refuses keys in a folder that others may write to.
  const folder = await mkdtemp('/var/tmp/elepherd-ssh-');
  await chmod(folder, 0o755);
  const [hostKey, userKey] = [join(folder, 'host'), join(folder, 'user')];
  for (const file of [hostKey, userKey])
    await runFile('ssh-keygen', ['-q', '-t', 'rsa', '-b', '3072', '-m', 'PEM', '-N', '', '-f', file]);
  const home = join(folder, 'store');
  await mkdir(home);
  const { stdout: uid } = await runFile('id', ['-u', username]);
  const { stdout: gid } = await runFile('id', ['-g', username]);
  await chown(home, Number(uid), Number(gid));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await mkdir('/run/sshd', { recursive: true });
  const config = join(folder, 'sshd_config');
  await writeFile(
    config,
    [
      'ListenAddress 127.0.0.1',
      `Port ${String(port)}`,
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${userKey}.pub`,
      'PasswordAuthentication no',
      'UsePAM no',
      // The key lies below /var/tmp, into which everybody may write.
      'StrictModes no',
      `AllowUsers ${username}`,
      'Subsystem sftp internal-sftp',
      'ForceCommand internal-sftp',
      `PidFile ${join(folder, 'pid')}`,
      '',
    ].join('\n'),
  );
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isUp) break;
    await sleep(50);
  }
  const [, key = ''] = (await readFile(`${hostKey}.pub`, 'utf8')).split(' ');
  return {
    port,
    username,
    path: join(home, 'pg'),
    privateKey: await readFile(userKey, 'utf8'),
    fingerprint: createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex'),
    async stop() {
      const gone = once(server, 'exit');
      server.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

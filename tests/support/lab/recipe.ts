import { createHash } from 'node:crypto';

/** What goes into the root that all hosts of a lab share. A change here is a new image: the cache is keyed by the hash of all of it. */
export const recipe = {
  release: 'trixie',
  suites: ['trixie', 'trixie-updates', 'trixie-security'],
  packages: [
    'systemd',
    'systemd-sysv',
    'dbus',
    'udev',
    'locales',
    'ca-certificates',
    'curl',
    'iproute2',
    'iputils-ping',
    'procps',
    'openssl',
    'postgresql-17',
    'patroni',
    // Named, or apt settles for python3-consul and Patroni finds no etcd.
    'python3-etcd',
    'etcd-server',
    'etcd-client',
    'pgbackrest',
    'pgbouncer',
    'haproxy',
  ],
  locales: ['en_US.UTF-8 UTF-8'],
  /** Written before the packages are installed. */
  filesBefore: {
    // No service starts while the image is made.
    '/usr/sbin/policy-rc.d': { mode: 0o755, text: '#!/bin/sh\nexit 101\n' },
    '/etc/dpkg/dpkg.cfg.d/lab': {
      mode: 0o644,
      text: ['force-unsafe-io', 'path-exclude=/usr/share/man/*', 'path-exclude=/usr/share/doc/*', ''].join(
        '\n',
      ),
    },
    '/etc/apt/apt.conf.d/90lab': {
      mode: 0o644,
      text: 'APT::Install-Recommends "false";\nAcquire::Languages "none";\nDpkg::Options { "--force-confold"; };\n',
    },
    '/etc/postgresql-common/createcluster.d/lab.conf': { mode: 0o644, text: 'create_main_cluster = false\n' },
  } as Record<string, { mode: number; text: string }>,
  /** Deleted once the packages are in: they serve the making only. */
  removedAfter: ['/usr/sbin/policy-rc.d', '/etc/resolv.conf', '/etc/hostname', '/var/lib/dbus/machine-id'],
  /** Installed, and left for whoever builds on the host to enable: a host starts with nothing but itself. */
  disabledUnits: [
    'postgresql.service',
    'patroni.service',
    'etcd.service',
    'pgbackrest.service',
    'pgbouncer.service',
    'haproxy.service',
    'apt-daily.timer',
    'apt-daily-upgrade.timer',
    'dpkg-db-backup.timer',
    'e2scrub_all.timer',
    'e2scrub_reap.service',
    'fstrim.timer',
    'systemd-networkd.service',
    'systemd-resolved.service',
    'systemd-timesyncd.service',
  ],
  /** Run once when all is in: it marks the image as up to date, or the first boot of every host rebuilds caches. */
  lastCommands: [['/usr/lib/systemd/systemd-update-done']],
  /** There is no console, clock or disk of its own to tend in a lab host. */
  maskedUnits: ['getty.target', 'console-getty.service', 'systemd-firstboot.service'],
};

/** The first twelve digits of the recipe's hash: two images are the same exactly when this is. */
export function recipeHash(): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

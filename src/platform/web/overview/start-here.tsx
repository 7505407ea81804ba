import { Link } from 'react-router';
import { shellText as text } from '#src/platform/contract/shell.text.ts';
import { useText } from '../i18n.tsx';
import { IconArrowRight, IconDatabase, IconFlask, IconServer } from '../ui/icons.ts';
import styles from './overview.module.css';

const ways = [
  { path: '/hosts', icon: IconServer, title: text.startHosts, hint: text.startHostsHint },
  { path: '/clusters', icon: IconDatabase, title: text.startClusters, hint: text.startClustersHint },
  { path: '/sandboxes', icon: IconFlask, title: text.startSandboxes, hint: text.startSandboxesHint },
];

/** The three things people come for, as far as this reader may do them. */
export function StartHere({ visible }: { visible: string[] }) {
  const t = useText();
  const open = ways.filter((way) => visible.includes(way.path));
  if (open.length === 0) return null;
  return (
    <ul className={styles.ways} aria-label={t(text.startHere)}>
      {open.map(({ path, icon: Icon, title, hint }) => (
        <li key={path}>
          <Link to={path} className={styles.way} prefetch="intent">
            <span className={styles.icon}>
              <Icon size={22} stroke={1.6} aria-hidden />
            </span>
            <span className={styles.words}>
              <strong>{t(title)}</strong>
              <span>{t(hint)}</span>
            </span>
            <IconArrowRight className={styles.arrow ?? ''} size={18} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

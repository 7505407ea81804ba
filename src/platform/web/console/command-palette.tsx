import { Kbd, Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useId, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '../i18n.tsx';
import { IconSearch } from '../ui/icons.ts';
import styles from './command-palette.module.css';
import type { NavEntry } from './nav-entry.ts';

/** ⌘K or Ctrl+K: go to any page by a few letters of its name, in either language. */
export function CommandPalette({ entries }: { entries: NavEntry[] }) {
  const t = useText();
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <UnstyledButton className={styles.trigger ?? ''} onClick={open}>
        <IconSearch size={16} aria-hidden />
        <span>{t(shellText.goTo)}</span>
        <Kbd size="xs" aria-hidden>
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <Modal
        opened={opened}
        onClose={close}
        withCloseButton={false}
        centered={false}
        yOffset="12vh"
        padding={0}
        size={560}
        attributes={{ content: { 'aria-label': t(shellText.goToLabel) } }}
      >
        <Finder entries={entries} close={close} />
      </Modal>
    </>
  );
}

function Finder({ entries, close }: { entries: NavEntry[]; close: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const wanted = query.trim().toLowerCase();
  const found = entries.filter(
    ({ title, path }) =>
      title.en.toLowerCase().includes(wanted) || title['zh-CN'].includes(wanted) || path.includes(wanted),
  );
  const go = (entry: NavEntry | undefined) => {
    if (!entry) return;
    close();
    void navigate(entry.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A Chinese input method uses Enter and arrows itself while it composes.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(found[at]);
    }
  };
  return (
    <div>
      <div className={styles.search}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
          aria-label={t(shellText.goToLabel)}
          placeholder={t(shellText.goTo)}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} role="listbox" aria-label={t(shellText.goToLabel)} className={styles.list}>
        {found.map((entry, index) => (
          <li
            key={entry.path}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onMouseMove={() => setAt(index)}
            onClick={() => go(entry)}
          >
            <entry.icon size={18} stroke={1.6} aria-hidden />
            {t(entry.title)}
            <span className={styles.path}>{entry.path}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.nothing}>{t(shellText.goToNothing)}</p>}
      <p className={styles.hint}>{t(shellText.goToHint)}</p>
    </div>
  );
}

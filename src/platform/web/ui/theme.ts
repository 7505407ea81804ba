import {
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineColorScheme,
  type MantineColorSchemeManager,
  createTheme,
} from '@mantine/core';
import { preferenceCookie, readPreferences } from '../preferences/preferences.ts';

const herd: MantineColorsTuple = [
  '#edf6f9',
  '#d8eaf0',
  '#b1d6e2',
  '#86c3d5',
  '#62b1c8',
  '#3793ae',
  '#1f7a96',
  '#12607b',
  '#0c4f66',
  '#0a3b4d',
];
const ember: MantineColorsTuple = [
  '#fff3e8',
  '#ffe4cd',
  '#fcc79d',
  '#f7aa6c',
  '#ef8f45',
  '#dd7325',
  '#b8560f',
  '#a84a0b',
  '#873a08',
  '#662b05',
];
const red: MantineColorsTuple = [
  '#fdeeef',
  '#fbd9db',
  '#f5b0b5',
  '#ee858c',
  '#e45f69',
  '#d63f4c',
  '#c42b3a',
  '#ad1f2d',
  '#8f1724',
  '#6f101b',
];
const green: MantineColorsTuple = [
  '#e8f7ef',
  '#cdeedc',
  '#9cdcb9',
  '#69c893',
  '#40b374',
  '#23975a',
  '#14804a',
  '#0e673b',
  '#0a522f',
  '#073f24',
];
const gray: MantineColorsTuple = [
  '#f3f6f7',
  '#e9eff1',
  '#dde5e9',
  '#cdd8dd',
  '#b3c1c8',
  '#90a2ab',
  '#647882',
  '#51626b',
  '#33444c',
  '#15242b',
];
const dark: MantineColorsTuple = [
  '#e4ecef',
  '#c2d0d6',
  '#9fb2bb',
  '#6d828c',
  '#293840',
  '#213037',
  '#1d2a31',
  '#172228',
  '#0f171b',
  '#0b1215',
];

/** The tokens of tokens.css in Mantine's form, and the habits of its parts. */
export const theme = createTheme({
  colors: { herd, ember, red, green, gray, dark },
  primaryColor: 'herd',
  // White on either keeps more than 4.5:1. Mantine decides the colour of the words once for both schemes.
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: 'var(--el-font)',
  fontFamilyMonospace: 'var(--el-mono)',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
    // Its hidden focus keeper is no child that a menu may have.
    Menu: { defaultProps: { shadow: 'md', radius: 'md', withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 } },
    },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    },
  },
});

/** Ties Mantine's own variables to the tokens, so that both halves share one palette. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--el-surface)',
    '--mantine-color-text': 'var(--el-text)',
    '--mantine-color-dimmed': 'var(--el-dim)',
    '--mantine-color-anchor': 'var(--el-brand)',
    '--mantine-color-default-border': 'var(--el-line)',
    '--mantine-color-error': 'var(--el-bad)',
    '--mantine-color-placeholder': 'var(--el-dim)',
    ...soft('herd', '--el-brand-strong', '--el-brand-soft'),
    ...soft('red', '--el-bad', '--el-bad-bg'),
    ...soft('green', '--el-good', '--el-good-bg'),
    ...soft('ember', '--el-warn', '--el-warn-bg'),
    ...soft('gray', '--el-text', '--el-sunken'),
  };
  return { variables: {}, light: shared, dark: shared };
};

// The quiet variants of a colour: a button that is no invitation, a notice, a badge.
function soft(color: string, words: string, ground: string): Record<string, string> {
  return {
    [`--mantine-color-${color}-light`]: `var(${ground})`,
    [`--mantine-color-${color}-light-hover`]: `color-mix(in srgb, var(${ground}), var(${words}) 8%)`,
    [`--mantine-color-${color}-light-color`]: `var(${words})`,
    [`--mantine-color-${color}-outline`]: `var(${words})`,
  };
}

/** Keeps the choice of colours in the cookie that the server reads, so that the next page is painted right at once. */
export const schemeManager: MantineColorSchemeManager = {
  get: (fallback) => (typeof document === 'undefined' ? fallback : readPreferences(document.cookie).scheme),
  set: (value: MantineColorScheme) => {
    document.cookie = preferenceCookie('scheme', value);
  },
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {
    document.cookie = preferenceCookie('scheme', 'auto');
  },
};

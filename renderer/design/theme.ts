// Calm, dense, high contrast: one blue for what can be done, three tones with words and shapes for states.
// Text on its ground reaches WCAG AA everywhere; motion is off, since a bench wants answers, not effects.
import type { ThemeConfig } from 'antd';

export const palette = {
  ink: '#17222d',
  inkSoft: '#4a5866',
  ground: '#eef1f4',
  surface: '#ffffff',
  line: '#c5ced6',
  action: '#0f4c81',
  good: '#17653a',
  warn: '#7a4d00',
  bad: '#a11a1a',
} as const;

export const fontFamily =
  "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei', sans-serif";

export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.action,
    colorInfo: palette.action,
    colorSuccess: palette.good,
    colorWarning: palette.warn,
    colorError: palette.bad,
    colorText: palette.ink,
    colorTextSecondary: palette.inkSoft,
    colorTextPlaceholder: '#66727d',
    colorTextDisabled: '#66727d',
    colorBgLayout: palette.ground,
    colorBorder: '#8d99a5',
    colorBorderSecondary: palette.line,
    borderRadius: 3,
    fontFamily,
    fontSize: 14,
    controlHeight: 32,
    motion: false,
    wireframe: false,
  },
  components: {
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Modal: { titleFontSize: 18 },
  },
};

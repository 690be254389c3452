export type { ThemeDay } from './theme-day.ts'

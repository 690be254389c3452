export type { Theme as LifeTheme } from './theme.ts'

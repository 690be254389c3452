export type { LifeSettings } from './settings.ts'

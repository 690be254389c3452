export type { AppealSettings } from './settings.ts'

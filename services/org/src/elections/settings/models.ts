export type { ElectionSettings } from './settings.ts'

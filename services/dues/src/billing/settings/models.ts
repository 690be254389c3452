export type { CountyDuesSettings as DuesSettings } from './settings.ts'

export type { Appeal, AppealStep } from './appeal.ts'

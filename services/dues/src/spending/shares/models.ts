export type { ShareUp as DuesShareUp } from './share.ts'

export type { ShareUp as DuesShareUp } from './share.ts'
export type { SharePolicy as DuesSharePolicy } from './share-policy.ts'

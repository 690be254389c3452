export type { County } from './store.ts'

export type { Fund as DuesFund } from '../accounts/fund.ts'

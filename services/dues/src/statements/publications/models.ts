export type {
  YearCollection as DuesYearCollection,
  YearItem as DuesYearItem,
  YearStatement as DuesYearStatement,
} from '../books/year-statement.ts'
export type { PublicationPolicy as DuesPublicationPolicy } from './policy.ts'
export type { PaidByMember as DuesPaidByMember, Publication as DuesPublication } from './publication.ts'
export type DuesYearUse = { use: import('@linghang/rulebook').DuesUse | null; amountFen: bigint }

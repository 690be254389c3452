export type {
  ArrearsLadder as DuesArrearsLadder,
  DuesDeadlines,
  MemberReminders as DuesMemberReminders,
} from '@linghang/rulebook'
export type { CountyDuesSettings as DuesSettings } from './settings.ts'

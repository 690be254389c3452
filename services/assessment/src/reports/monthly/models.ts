export type { Report as MonthlyReport, Weak as MonthlyReportWeakness } from './report.ts'

export type { Report as DuesReport, ReportLine as DuesReportLine } from './report.ts'

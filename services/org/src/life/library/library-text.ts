import { branchRegulation } from '@linghang/rulebook'

/** A part of a system or a flow: a heading and what stands below it, a paragraph each. */
export type Section = { heading: string; paragraphs: readonly string[] }

/** One of the eleven systems and twelve flows of organisational life (S0-10), in the platform's words or a county's. */
export type LibraryText = {
  title: string
  sections: readonly Section[]
  /** On which regulation it rests. */
  article: string
  source: string
}

export const systemNames = [
  'THREE_MEETINGS_ONE_CLASS',
  'THEME_DAY',
  'CRITICISM_MEETING',
  'DEMOCRATIC_APPRAISAL',
  'HEART_TALKS',
  'LEADERS_DOUBLE_LIFE',
  'EDUCATION',
  'DUES',
  'DEVELOPMENT',
  'REPORTING_AND_OPENNESS',
  'SERVING_THE_MASSES',
] as const
export const flowNames = [
  'FLOW_BRANCH_ASSEMBLY',
  'FLOW_BRANCH_COMMITTEE',
  'FLOW_GROUP_MEETING',
  'FLOW_CLASS',
  'FLOW_THEME_DAY',
  'FLOW_CRITICISM_MEETING',
  'FLOW_APPRAISAL',
  'FLOW_ADMISSION',
  'FLOW_CONVERSION',
  'FLOW_ELECTION',
  'FLOW_DISPOSAL',
  'FLOW_LEADERS_CRITICISM',
] as const
export const libraryNames = [...systemNames, ...flowNames] as const
export type LibraryName = (typeof libraryNames)[number]

export const sources = {
  branches: branchRegulation,
  education: '《中国共产党党员教育管理工作条例》（2019 年）',
  dues: '《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）',
  development: '《中国共产党发展党员工作细则》（2014 年；2026 年修订）',
  elections: '《中国共产党基层组织选举工作条例》（2020 年）',
  practice: '工作惯例',
} as const

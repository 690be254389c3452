import type { Certainty, Citation } from '../deadline.ts'

const sources = {
  '2008': '《关于中国共产党党费收缴、使用和管理的规定》（2008 年）',
  '2017': '《关于进一步规范党费工作的通知》（组电明字〔2017〕5 号）',
} as const

/** Which text says how dues are fixed: the regulation of 2008, or it as the notice of 2017 has it. */
export type DuesVersion = keyof typeof sources

export const inDues = (version: DuesVersion, article: string, certainty: Certainty = 'VERIFIED'): Citation => ({
  article,
  source: sources[version],
  certainty,
})

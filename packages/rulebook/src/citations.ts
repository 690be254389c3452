import { type Citation, practiceArticle } from './deadline.ts'

const regulation = '《中国共产党基层组织选举工作条例》（2020 年）'

export const inElections = (article: string): Citation => ({ article, source: regulation, certainty: 'VERIFIED' })

/**
 * The regulation has it, and it was read in handbooks only: it names no article, so that nobody cites one that nobody
 * has looked up.
 */
export const asElectionsAreHeld = (topic: string): Citation => ({
  article: topic,
  source: `${regulation}及选举工作答复`,
  certainty: 'SECONDARY',
})

/** 支部工作条例, read in full. */
export const branchRegulation = '《中国共产党支部工作条例（试行）》（2018 年）'
export const inBranches = (article: string): Citation => ({
  article,
  source: branchRegulation,
  certainty: 'VERIFIED',
})

/** What offices do, and no text that was read fixes: a county may have it otherwise. */
export const byPractice = (topic: string): Citation => ({
  article: practiceArticle,
  source: topic,
  certainty: 'RECALLED',
})

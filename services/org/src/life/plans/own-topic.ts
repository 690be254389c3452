import { practiceArticle } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { planLimits, type Topic } from './plan.ts'

/** What the branch itself has wished for. */
export const ownWish = { article: practiceArticle, source: '支部自行安排', certainty: 'RECALLED' } as const

/** A topic of the branch's own. @throws DomainError BAD_INPUT */
export const ownTopic = (text: string): Topic => ({
  text: requireReason(text, 'ownTopics', planLimits.topicCharacters),
  ...{ why: 'OWN', memberId: null, dueOn: null, discussion: null, ...ownWish },
})

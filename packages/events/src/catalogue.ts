import type { z } from 'zod'
import { assessmentEvents } from './catalogue/assessment.ts'
import { duesEvents } from './catalogue/dues.ts'
import { membersEvents } from './catalogue/members.ts'
import { orgEvents } from './catalogue/org.ts'
import { workflowsEvents } from './catalogue/workflows.ts'

export type { ApprovalRequestState } from './catalogue/approval-request.ts'
export type * from './catalogue/assessment.ts'
export type { BurdenState } from './catalogue/burden.ts'
export type * from './catalogue/dues.ts'
export type * from './catalogue/members.ts'
export type * from './catalogue/org.ts'
export type * from './catalogue/workflows.ts'

/** Every event that one service tells another: the type fixes the service, the topic and what `data` holds. */
export const catalogue = {
  ...orgEvents,
  ...membersEvents,
  ...workflowsEvents,
  ...duesEvents,
  ...assessmentEvents,
} as const

export type EventType = keyof typeof catalogue
export type EventData<T extends EventType> = z.infer<(typeof catalogue)[T]>

export const eventTypes = Object.keys(catalogue) as EventType[]

/** One topic a service: `members.member.left.v1` travels on `members.events`. */
export const topicOf = (type: EventType): string => `${type.split('.')[0]}.events`

/** Every topic. How many partitions each has stays as it was made, since a key's order holds only while it does. */
export const topics = [...new Set(eventTypes.map(topicOf))]

/** The topics that a service writes: its own, where it tells anything. */
export const writtenBy = (service: string): string[] => topics.filter(topic => topic === `${service}.events`)

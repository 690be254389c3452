import { room } from '../../work.ts'
import { readingResolvers } from './resolvers.ts'

/** Facts one by one, each with the way to what it rests on, for the person and those who supervise. */
export const reading = room({ resolvers: readingResolvers })

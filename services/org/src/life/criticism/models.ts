export type { CriticismMeasure, CriticismOpinion } from './criticism.ts'

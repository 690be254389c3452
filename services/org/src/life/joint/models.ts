export type { JointActivity, JointParty } from './joint.ts'

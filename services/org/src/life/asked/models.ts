export type { Asked as AskedOfOrganisation, AskedLine as AskedForm } from './read-asked.ts'

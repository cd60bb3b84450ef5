/** What a report on GitHub knows besides the evidence. */
export interface ReportFacts {
  readonly model: string;
  /** The commit that was to be judged. */
  readonly headSha: string;
  /** What the base branch is called, such as `main`. */
  readonly baseRef?: string;
  readonly links: {
    /** The address of the run. */
    readonly run?: string;
    /** Where the full report is, in words: `the job's summary and the artifact modelgate-judged`. */
    readonly report?: string;
  };
}

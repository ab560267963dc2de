/** What a hook says, in the same words whichever edition sent it: Cloud or Data Center. */
export interface Report {
  /** As people read it: `Mona Lisa`. */
  readonly actor: string | undefined;
  /** As people are matched: `mona`. */
  readonly login: string | undefined;
  /** `owner/name`; in Data Center the project’s key is the owner. */
  readonly repo: string | undefined;
  /** The name of the project, where the hook is about one as a whole. */
  readonly project: string | undefined;
  /** The page of the repository, or of the project. */
  readonly home: string | undefined;
  /** When it happened, where the edition says so for all its events. */
  readonly at: Date | undefined;
  readonly pullRequest: PullRequest | undefined;
  readonly comment: Comment | undefined;
  /** What is commented on, where it is a commit. */
  readonly commit: { readonly hash: string | undefined; readonly url: string | undefined } | undefined;
  readonly changes: readonly Change[];
  readonly mainBranch: string | undefined;
  readonly status: CommitStatus | undefined;
  readonly issue: Issue | undefined;
  readonly fork: { readonly repo: string | undefined; readonly url: string | undefined } | undefined;
  /** What is different in the repository or the issue. */
  readonly edits: readonly Edit[];
}

export interface PullRequest {
  readonly number: string | undefined;
  readonly title: string | undefined;
  /** Markdown. */
  readonly description: string | undefined;
  /** The sender’s word: `OPEN`, `MERGED`, `DECLINED`, `SUPERSEDED`. */
  readonly state: string | undefined;
  readonly draft: boolean;
  readonly url: string | undefined;
  readonly opener: string | undefined;
  readonly openerLogin: string | undefined;
  readonly head: string | undefined;
  readonly base: string | undefined;
  /** The repository of the branch, where that is another one. */
  readonly fork: string | undefined;
  readonly reviewers: readonly string[];
  readonly created: Date | undefined;
  readonly updated: Date | undefined;
  /** Why it was declined. */
  readonly reason: string | undefined;
  /** When a review was given. */
  readonly reviewed: Date | undefined;
  /** Data Center’s word for the review that was taken back: `APPROVED`, `NEEDS_WORK`. */
  readonly formerVerdict: string | undefined;
  readonly formerTitle: string | undefined;
  readonly formerBase: string | undefined;
  /** The commit that the branch ended in before somebody pushed to it. */
  readonly formerTip: string | undefined;
  readonly tip: string | undefined;
  readonly addedReviewers: readonly string[];
  readonly removedReviewers: readonly string[];
}

export interface Comment {
  /** Markdown. */
  readonly text: string | undefined;
  readonly path: string | undefined;
  readonly line: number | undefined;
  readonly url: string | undefined;
  readonly at: Date | undefined;
}

/** What a push did to one branch or tag. */
export interface Change {
  readonly kind: 'branch' | 'tag';
  readonly name: string | undefined;
  readonly act: 'created' | 'updated' | 'forced' | 'deleted';
  readonly tip: string | undefined;
  readonly url: string | undefined;
  readonly compare: string | undefined;
  /** The first line of this stands for the whole. */
  readonly message: string | undefined;
  /** The oldest first. */
  readonly commits: readonly Commit[];
  /** There are more than are listed. */
  readonly truncated: boolean;
}

export interface Commit {
  readonly hash: string | undefined;
  readonly message: string | undefined;
  readonly author: string | undefined;
  readonly url: string | undefined;
}

export interface CommitStatus {
  readonly name: string | undefined;
  readonly key: string | undefined;
  /** `SUCCESSFUL`, `FAILED`, `INPROGRESS`, `STOPPED`. */
  readonly state: string | undefined;
  readonly description: string | undefined;
  readonly url: string | undefined;
  readonly branch: string | undefined;
  readonly hash: string | undefined;
  readonly created: Date | undefined;
  readonly updated: Date | undefined;
}

export interface Issue {
  readonly number: string | undefined;
  readonly title: string | undefined;
  /** Markdown. */
  readonly text: string | undefined;
  readonly state: string | undefined;
  readonly kind: string | undefined;
  readonly priority: string | undefined;
  readonly assignee: string | undefined;
  readonly url: string | undefined;
  readonly updated: Date | undefined;
}

export interface Edit {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

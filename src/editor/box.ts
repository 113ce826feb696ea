/** An element of the layer; what has no colour of a label has that of its class. */
export interface Box {
  /** Tells the box again the next time, so that one more or less does not move all others. */
  readonly key: string;
  readonly className: string;
  readonly left: number;
  readonly top: number;
  readonly width?: number;
  readonly height?: number;
  readonly colour?: number;
  readonly text?: string;
}

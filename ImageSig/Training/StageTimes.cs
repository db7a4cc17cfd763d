namespace ImageSig;

/// <summary>The wall-clock time of the stages of one piece of work; a stage that did not happen is zero.</summary>
/// <param name="Decode">Reading, decoding and resizing.</param>
/// <param name="Features">Signatures and their standardizing.</param>
/// <param name="Train">The training loop.</param>
/// <param name="Model">The model's forward passes in evaluation.</param>
public sealed record StageTimes(TimeSpan Decode, TimeSpan Features, TimeSpan Train, TimeSpan Model);

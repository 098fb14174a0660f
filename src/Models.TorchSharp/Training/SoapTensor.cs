using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// SOAP for one convolution's weights, seen as taps x outputs x inputs: three modes, each with its second moments and
/// their eigenvectors. A mode larger than <see cref="LargestMode"/> or of size 1 keeps its own axes.
/// </summary>
/// <remarks>
/// The first moment lives in the eigenbasis and is turned along when the basis moves; the second moment keeps the
/// order of the eigenvalues (section 4 of the paper, and its authors' implementation). The basis follows by one power
/// iteration and a QR decomposition, not by a new eigendecomposition.
/// </remarks>
internal sealed class SoapTensor
{
    private const int LargestMode = 512;
    private const double Beta1 = 0.95, Beta2 = 0.98, MomentsBeta = 0.95, Epsilon = 1e-8;

    /// <summary>Gradients that only shape the moments before the first basis is taken from them: one gradient alone leaves directions without any energy.</summary>
    private const int Gathering = 20;

    /// <summary>Only every so many gradients update the moments: they were half of the optimiser's time, and change slowly.</summary>
    private const int MomentsEvery = 4;

    /// <summary>Largest change of a weight in the eigenbasis, in learning rates. When a basis moves, a direction that had no energy can meet a large first moment; unbounded, such steps destroyed the network within ten steps.</summary>
    private const double LargestChange = 2;

    private readonly Parameter _value;
    private readonly int _refreshEvery;
    private readonly int _refreshAt;
    private readonly torch.Tensor _count;
    private readonly torch.Tensor _first;
    private readonly torch.Tensor _second;

    /// <summary>By mode: second moments and eigenvectors (columns); null where the mode keeps its axes.</summary>
    private readonly (torch.Tensor Moments, torch.Tensor Basis)?[] _modes;

    public SoapTensor(string name, Parameter value, int refreshEvery, int refreshAt)
    {
        _value = value;
        _refreshEvery = refreshEvery;
        _refreshAt = refreshAt;
        long[] shape = [value.shape[2] * value.shape[3], value.shape[0], value.shape[1]];
        _count = State.Add($"soap.steps/{name}", zeros(1));
        _first = State.Add($"soap.first/{name}", zeros(shape, device: value.device));
        _second = State.Add($"soap.second/{name}", zeros(shape, device: value.device));
        _modes = new (torch.Tensor, torch.Tensor)?[shape.Length];
        for (int mode = 0; mode < shape.Length; mode++)
        {
            if (shape[mode] is > 1 and <= LargestMode)
            {
                _modes[mode] = (
                    State.Add($"soap.moments.{mode}/{name}", zeros(shape[mode], shape[mode], device: value.device)),
                    State.Add($"soap.basis.{mode}/{name}", eye(shape[mode], device: value.device)));
            }
        }
    }

    public NamedTensors State { get; } = new();

    /// <summary>Changes the weights by their gradient and clears it. The first gradients only start the bases.</summary>
    public void Step(double rate)
    {
        if (_value.grad is not { } raw)
        {
            return;
        }

        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor gradient = raw.flatten(2).permute(2, 0, 1).contiguous();
        int step = (int)_count.add_(1).ToSingle() - Gathering;
        if (step <= 0)
        {
            UpdateMoments(gradient, MomentsBeta);
            if (step == 0)
            {
                Start();
            }
        }
        else
        {
            torch.Tensor turned = Turn(gradient, true);
            _first.mul_(Beta1).add_(turned, 1 - Beta1);
            _second.mul_(Beta2).addcmul_(turned, turned, 1 - Beta2);
            double correction1 = 1 - Math.Pow(Beta1, step), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
            torch.Tensor change = (_first / _second.sqrt().div_(correction2).add_(Epsilon)).div_(correction1).clamp_(-LargestChange, LargestChange);
            _value.add_(Turn(change, false).permute(1, 2, 0).reshape(_value.shape), -rate);

            // After the change, so that a gradient never meets a basis that it has shaped.
            if ((step + _refreshAt) % MomentsEvery == 0)
            {
                UpdateMoments(gradient, MomentsBeta);
            }

            if (step % _refreshEvery == _refreshAt)
            {
                Refresh();
            }
        }

        raw.zero_();
    }

    /// <summary>Into the eigenbasis, or back.</summary>
    private torch.Tensor Turn(torch.Tensor x, bool into)
    {
        (long taps, long outputs, long inputs) = (x.shape[0], x.shape[1], x.shape[2]);
        if (_modes[2] is { } input)
        {
            x = x.reshape(taps * outputs, inputs).matmul(into ? input.Basis : input.Basis.t()).reshape(taps, outputs, inputs);
        }

        if (_modes[1] is { } output)
        {
            x = (into ? output.Basis.t() : output.Basis).unsqueeze(0).expand(taps, outputs, outputs).bmm(x);
        }

        if (_modes[0] is { } tap)
        {
            x = (into ? tap.Basis.t() : tap.Basis).matmul(x.reshape(taps, outputs * inputs)).reshape(taps, outputs, inputs);
        }

        return x;
    }

    private void UpdateMoments(torch.Tensor gradient, double beta)
    {
        (long taps, long outputs, long inputs) = (gradient.shape[0], gradient.shape[1], gradient.shape[2]);
        if (_modes[0] is { } tap)
        {
            torch.Tensor rows = gradient.reshape(taps, outputs * inputs);
            tap.Moments.mul_(beta).add_(rows.matmul(rows.t()), 1 - beta);
        }

        if (_modes[1] is { } output)
        {
            output.Moments.mul_(beta).add_(gradient.bmm(gradient.transpose(1, 2)).sum([0L]), 1 - beta);
        }

        if (_modes[2] is { } input)
        {
            torch.Tensor rows = gradient.reshape(taps * outputs, inputs);
            input.Moments.mul_(beta).add_(rows.t().matmul(rows), 1 - beta);
        }
    }

    private void Start()
    {
        foreach ((torch.Tensor Moments, torch.Tensor Basis)? entry in _modes)
        {
            if (entry is { } mode)
            {
                // In double precision, with a little on the diagonal: early moments are of low rank.
                torch.Tensor moments = mode.Moments.to(ScalarType.Float64);
                double small = (1e-10 * moments.trace().to(CPU).ToDouble()) + 1e-30;
                (_, torch.Tensor vectors) = linalg.eigh(moments + (small * eye(moments.shape[0], dtype: ScalarType.Float64, device: moments.device)));
                mode.Basis.copy_(vectors.flip(1).to(ScalarType.Float32));
            }
        }
    }

    private void Refresh()
    {
        _first.copy_(Turn(_first.clone(), false));
        for (int i = 0; i < _modes.Length; i++)
        {
            if (_modes[i] is not { } mode)
            {
                continue;
            }

            torch.Tensor product = mode.Moments.matmul(mode.Basis);
            torch.Tensor order = (mode.Basis * product).sum([0L]).argsort(descending: true);
            _second.copy_(_second.index_select(i, order));
            (torch.Tensor basis, _) = linalg.qr(product.index_select(1, order));
            mode.Basis.copy_(basis);
        }

        _first.copy_(Turn(_first.clone(), true));
    }
}

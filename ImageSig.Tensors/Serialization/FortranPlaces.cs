namespace ImageSig.Tensors;

/// <summary>Where the elements of an array that is stored first axis fastest stand in one that is stored first axis slowest, one after the other.</summary>
internal sealed class FortranPlaces
{
    private readonly int[] _lengths;
    private readonly int[] _strides;
    private readonly int[] _index;
    private int _next;

    /// <summary>For an array of a shape whose elements fit an array.</summary>
    public FortranPlaces(IReadOnlyList<int> shape)
    {
        // Without axes of one element a place costs two additions on average, however many axes a header names.
        _lengths = [.. shape.Where(length => length > 1)];
        _strides = new int[_lengths.Length];
        _index = new int[_lengths.Length];
        for (int axis = _lengths.Length - 1, stride = 1; axis >= 0; stride *= _lengths[axis--])
            _strides[axis] = stride;
    }

    /// <summary>The place of the next element.</summary>
    public int Next()
    {
        int place = _next;
        for (int axis = 0; axis < _lengths.Length; axis++)
        {
            _next += _strides[axis];
            if (++_index[axis] < _lengths[axis])
                break;
            _next -= _lengths[axis] * _strides[axis];
            _index[axis] = 0;
        }
        return place;
    }
}
